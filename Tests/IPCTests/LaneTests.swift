import CMartletWire
import Glibc
import MartletClone
import Testing

@testable import MartletIPC

/// Waits until the outbox thread no longer watches the socket's held envelopes.
@MainActor private func untilUnwatched(_ socket: Lane) async {
  let deadline = ContinuousClock.now + .seconds(30)
  while socket.isWatched {
    guard ContinuousClock.now < deadline else {
      Issue.record("an empty outbox is still looked after")
      return
    }
    await Task.yield()
  }
}

@MainActor @Suite("A lane", .serialized)
struct LaneTests {
  @Test
  func `A lane carries envelopes of every size in order, long ones in sealed memory (S-06)`() throws {
    let line = try Line(queueLimit: 64 << 20)
    let other = Lane(line.peer, queueLimit: 64 << 20)
    let sizes = [0, 1, 65_000, 65_535, 65_536, 65_537, 1_000_000, 3, 20_000_000, 2]
    for size in sizes {
      try other.send(Envelope.encode(.message, .string(CloneString(String(repeating: "x", count: size)))))
    }
    for size in sizes {
      var value = try line.value()
      while value == nil {
        _ = other.flush()
        value = try line.value()
      }
      #expect(try String.decode(from: #require(value)).utf8.count == size)
    }
    #expect(!other.hasQueue)
  }

  @Test
  func `A lane never blocks when the other end does not read, and queues in order`() throws {
    let line = try Line(queueLimit: 300_000)
    let reader = Lane(line.peer)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Lane.packetLimit, alignment: 16)
    defer { buffer.deallocate() }
    var sent = 0
    let error = #expect(throws: SendError.self) {
      while true {
        try line.end.send(
          Envelope.encode(
            .message, ["n", .number(Double(sent)), .string(CloneString(String(repeating: "x", count: 5000)))])
        )
        sent += 1
      }
    }
    #expect(error == .queueFull)
    #expect(sent > 50)
    var received = 0
    while received < sent {
      if case .envelope(let envelope) = try reader.receive(into: buffer) {
        #expect(envelope.value[1].isEquivalent(to: .number(Double(received))))
        received += 1
      } else {
        _ = line.end.flush()
      }
    }
    #expect(line.end.flush())
    // There is room again.
    try line.end.send(Envelope.encode(.message, ["again"]))
  }

  @Test
  func `A lane has at most 64 MiB of sealed memory in flight, and queues the rest in order`() throws {
    let line = try Line(queueLimit: 32 << 20)
    let reader = Lane(line.peer)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Lane.packetLimit, alignment: 16)
    defer { buffer.deallocate() }
    func message(_ number: Int, megabytes: Int) throws -> EncodedEnvelope {
      try Envelope.encode(
        .message,
        [
          .number(Double(number)),
          .arrayBuffer(CloneArrayBuffer([UInt8](repeating: 1, count: megabytes << 20))),
        ])
    }
    func numbers() throws -> [Int] {
      var numbers: [Int] = []
      while case .envelope(let envelope) = try reader.receive(into: buffer) {
        numbers.append(try Int.decode(from: envelope.value[0]))
      }
      return numbers
    }
    for number in 0..<8 { try line.end.send(message(number, megabytes: 8)) }
    #expect(!line.end.hasQueue)
    try line.end.send(message(8, megabytes: 8))
    #expect(line.end.hasQueue && line.end.isCongested)
    // A short message is queued behind it.
    try line.end.send(Envelope.encode(.message, [9]))
    for number in 10..<13 { try line.end.send(message(number, megabytes: 7)) }
    #expect(throws: SendError.queueFull) { try line.end.send(message(13, megabytes: 8)) }
    #expect(!line.end.flush())
    #expect(try numbers() == Array(0..<8))
    #expect(line.end.flush())
    #expect(try numbers() == Array(8..<13))
    // A message over the in-flight limit is sent when nothing is in flight. A second one is queued if the
    // queue is empty.
    try line.end.send(message(0, megabytes: 65))
    try line.end.send(message(1, megabytes: 65))
    #expect(throws: SendError.queueFull) { try line.end.send(message(2, megabytes: 1)) }
    #expect(try numbers() == [0])
    #expect(line.end.flush(until: microseconds() + 10_000_000))
    #expect(try numbers() == [1])
  }

  @Test
  func `A lane receives all that an end sent before it closed without reading (S-13, S-50)`()
    throws
  {
    for unread in [0, 1, 3] {
      let end = try Self.endOfLine(unread: unread)
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Lane.packetLimit, alignment: 16)
      defer { buffer.deallocate() }
      for number in 0..<3 {
        guard case .envelope(let envelope) = try end.receive(into: buffer) else {
          Issue.record("number \(number) is lost where \(unread) were not read")
          return
        }
        #expect(envelope.value.isEquivalent(to: .number(Double(number))))
      }
      guard case .end = try end.receive(into: buffer) else {
        Issue.record("there is no end")
        return
      }
    }
  }

  /// A lane whose other end has sent 0, 1 and 2, and was closed before it read this number of messages.
  private static func endOfLine(unread: Int) throws -> Lane {
    let (ours, theirs) = try #require(OwnedDescriptor.pair())
    let (end, other) = (Lane(ours), Lane(theirs))
    for _ in 0..<unread { try end.send(Envelope.encode(.message, "nobody reads this")) }
    for number in 0..<3 { try other.send(Envelope.encode(.message, .number(Double(number)))) }
    return end
  }

  @Test
  func `A lane sends held envelopes first, several in a packet (S-06)`() throws {
    let line = try Line()
    let other = Lane(line.peer)
    for number in 0..<100 { try other.hold(Envelope.encode(.message, .number(Double(number)))) }
    try other.send(Envelope.encode(.message, 100))
    #expect(!other.hasHeld)
    var packets = 0
    for number in 0...100 {
      if !line.end.hasReceived { packets += 1 }
      #expect(try line.value()?.isEquivalent(to: .number(Double(number))) == true)
    }
    #expect(packets < 10)
    #expect(try line.value() == nil)
  }

  @Test
  func `A lane sends held envelopes without another call, after a short time`() async throws {
    let line = try Line()
    let other = Lane(line.peer)
    // Also in a second round, when the thread has been asleep for long.
    for round in 0..<2 {
      try other.hold(Envelope.encode(.message, .number(Double(round))))
      #expect(other.hasHeld)
      var waiting = pollfd(fd: line.end.descriptor, events: Int16(POLLIN), revents: 0)
      #expect(poll(&waiting, 1, 10_000) == 1)
      #expect(try line.value()?.isEquivalent(to: .number(Double(round))) == true)
      try other.releaseHeld()
      #expect(try line.value() == nil)
      if round == 0 { await untilUnwatched(other) }
    }
  }

  @Test
  func `A lane queues held envelopes in order when the socket is full, and holds no more`() throws {
    let line = try Line()
    let other = Lane(line.peer)
    let filling = try Envelope.encode(.message, .string(CloneString(String(repeating: "x", count: 5000))))
    while !other.hasQueue { try other.hold(filling) }
    for number in 0..<1000 { try other.hold(Envelope.encode(.message, .number(Double(number)))) }
    #expect(!other.hasHeld)
    var expected = 0
    var packets = 0
    while expected < 1000 {
      if !line.end.hasReceived { packets += 1 }
      guard let value = try line.value() else {
        _ = other.flush()
        continue
      }
      guard case .number(let number) = value else { continue }
      #expect(number == Double(expected))
      expected += 1
    }
    // Queued envelopes share packets, too.
    #expect(packets < 300)
    #expect(try line.value() == nil)
    #expect(!other.hasQueue)
  }

  @Test
  func `A lane reports a closed other end when it receives and when it sends`() throws {
    let line = try Line()
    let (ours, theirs) = try #require(OwnedDescriptor.pair())
    let end = Lane(ours)
    withExtendedLifetime(theirs) {}
    _ = consume theirs
    guard case .end = try end.receive(into: .init(start: malloc(70_000), count: Lane.packetLimit))
    else {
      Issue.record("the end was not received")
      return
    }
    #expect(throws: SendError.closed) { try end.send(Envelope.encode(.message, 1)) }
    line.end.endSending()
    line.peerSends(envelopeBytes(payload: payload))
    #expect(try line.value()?.isEquivalent(to: .null) == true)
  }

  @Test
  func `A lane hands over ports, and closes those of a dropped envelope (S-08)`() throws {
    let line = try Line()
    let other = Lane(line.peer)
    let port: Identity
    do {
      let (near, far) = try #require(OwnedDescriptor.pair())
      port = try #require(Identity(of: far.number))
      let nearEnd = Lane(near)
      // Envelopes queued in a port that is transferred go with it (S-52).
      try nearEnd.send(Envelope.encode(.portMessage, "queued"))
      try other.send(Envelope.encode(.postMessage, ["channel", .null]), ports: [far])
      guard case .envelope(let envelope) = try line.receive() else { throw EnvelopeError("no envelope") }
      #expect(envelope.ports.count == 1)
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Lane.packetLimit, alignment: 16)
      defer { buffer.deallocate() }
      guard case .envelope(let queued) = try Lane(envelope.ports[0]).receive(into: buffer) else {
        throw EnvelopeError("no queued envelope")
      }
      #expect(try String.decode(from: queued.value) == "queued")
    }
    #expect(port.openDescriptors == 0)
  }
}

@MainActor @Suite("A hostile end of a lane", .serialized)
struct HostileLaneTests {
  @Test
  func `A hostile end of a lane that sends garbage or wrong lengths is refused`() throws {
    let line = try Line()
    line.peerSends([1, 2, 3])
    #expect(line.refusal() == "packet is shorter than a header: 3 bytes")
    line.peerSends(envelopeBytes(length: 1000, payload: payload))
    #expect(line.refusal() == "header announces 1000 bytes, packet has 3")
    line.peerSends(envelopeBytes(flags: 1, length: 1000, payload: []))
    #expect(line.refusal() == "header announces 0 ports, packet has 0 descriptors")
    line.peerSends([UInt8](repeating: 0x41, count: Lane.packetLimit + 1))
    #expect(line.refusal() == "packet is too long, or has too many descriptors")
  }

  @Test
  func `A hostile end of a lane cannot hide anything between or after the envelopes of a packet`() throws {
    let line = try Line()
    let envelope = envelopeBytes(payload: payload)
    let padding = [UInt8](repeating: 0, count: 5)
    line.peerSends(envelope + padding + envelope)
    #expect(try line.value()?.isEquivalent(to: .null) == true)
    #expect(try line.value()?.isEquivalent(to: .null) == true)
    for (tail, refusal) in [
      ([0], "1 bytes follow the last envelope of the packet"),
      (padding, "5 bytes follow the last envelope of the packet"),
      (padding + [1], "packet is shorter than a header: 1 bytes"),
      (padding + envelope.dropLast(), "header announces 3 bytes, packet has 2"),
      (padding + envelope + [0], "1 bytes follow the last envelope of the packet"),
      (
        padding + envelopeBytes(flags: 1, payload: payload),
        "header announces 0 ports, packet has 0 descriptors"
      ),
      (
        padding + envelopeBytes(ports: 1, payload: payload),
        "header announces 1 ports, packet has 0 descriptors"
      ),
    ] {
      line.peerSends(envelope + tail)
      #expect(line.refusal() == refusal)
      // Envelopes before it in the packet are not delivered either.
      #expect(try line.value() == nil)
    }
    let empty = envelopeBytes(payload: [])
    line.peerSends([UInt8](repeatElement(empty, count: 256).joined()))
    for _ in 0..<256 { #expect(try line.value() != nil) }
    line.peerSends([UInt8](repeatElement(empty, count: 257).joined()))
    #expect(line.refusal() == "16 bytes follow the last envelope of the packet")
  }

  @Test
  func `A hostile end of a lane can pass neither false ports nor unannounced descriptors`()
    throws
  {
    let line = try Line()
    let file = memory(payload, seals: 0)
    let identity = try #require(Identity(of: file.number))
    line.peerSends(envelopeBytes(ports: 1, payload: payload), [file.number])
    #expect(line.refusal() == "port descriptor is not a socket")
    line.peerSends(envelopeBytes(payload: payload), [file.number])
    #expect(line.refusal() == "header announces 0 ports, packet has 1 descriptors")
    let many = [Int32](repeating: file.number, count: Int(MARTLET_DESCRIPTOR_LIMIT))
    line.peerSends(envelopeBytes(ports: 64, payload: payload), many)
    #expect(line.refusal() == "header announces 64 ports, packet has 129 descriptors")
    for _ in 0..<200 {
      line.peerSends(envelopeBytes(payload: payload), many)
      #expect(line.refusal() != nil)
    }
    #expect(identity.openDescriptors == 1)
  }

  @Test
  func `A hostile end of a lane leaves no descriptors of processes open`() throws {
    let line = try Line()
    // SO_PASSPIDFD, since Linux 6.5: the creator of the pair can set it on our end.
    var yes: Int32 = 1
    guard setsockopt(line.end.descriptor, SOL_SOCKET, 76, &yes, socklen_t(MemoryLayout<Int32>.size)) == 0
    else {
      return
    }
    line.peerSends(envelopeBytes(payload: payload))
    let before = openProcessDescriptors()
    let count = 200
    for _ in 0..<count {
      #expect(line.refusal() == "packet is too long, or has too many descriptors")
      line.peerSends(envelopeBytes(payload: payload))
    }
    // GLib has one for each program that another test runs meanwhile.
    #expect(openProcessDescriptors() < before + count / 2)
  }

  @Test
  func `A hostile end of a lane can change any byte: it is read as an envelope or refused (fuzz)`() throws {
    // MARTLET_TEST_SEED repeats a run.
    let seed =
      getenv("MARTLET_TEST_SEED").flatMap { UInt64(String(cString: $0)) } ?? UInt64.random(in: 0...UInt64.max)
    print("mutated envelopes: MARTLET_TEST_SEED=\(seed)")
    var random = SeededGenerator(seed: seed)
    let envelope = try Envelope.encode(.send, ["channel", ["a": 1, "b": [1, 2, "three"]], .bool(true)])
      .joined()
    let padding = [UInt8](repeating: 0, count: martlet_envelope_align(envelope.count) - envelope.count)
    let line = try Line()
    for round in 0..<20_000 {
      var bytes = round % 2 == 0 ? envelope : envelope + padding + envelope
      for _ in 0..<(1 + round % 3) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if round % 5 == 0 { bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random)) }
      line.peerSends(bytes)
      repeat { _ = try? line.receive() } while line.end.hasReceived
    }
  }
}
