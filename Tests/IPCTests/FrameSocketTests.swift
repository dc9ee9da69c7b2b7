import CWire
import Glibc
import StructuredClone
import Testing

@testable import IPC

/// A frame socket and the raw socket at its other end, which may send what it likes.
@MainActor private struct Line {
  let end: FrameSocket
  let peer: OwnedDescriptor
  private let buffer = UnsafeMutableRawBufferPointer.allocate(
    byteCount: FrameSocket.packetLimit, alignment: 16)

  init(queueLimit: Int = 1 << 20) throws {
    let (ours, theirs) = try #require(OwnedDescriptor.pair())
    end = FrameSocket(ours, queueLimit: queueLimit)
    peer = theirs
  }

  /// Sends one packet as it is, with descriptors as they are.
  func peerSends(_ bytes: [UInt8], _ descriptors: [Int32] = []) {
    bytes.withUnsafeBytes { bytes in
      var part = iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
      #expect(martlet_wire_send(peer.number, &part, 1, descriptors, descriptors.count, false) == 0)
    }
  }

  func receive() throws(FrameError) -> FrameSocket.Received { try end.receive(into: buffer) }

  /// The value of the next frame; nil when there is none.
  func value() throws -> CloneValue? {
    if case .frame(let frame) = try receive() { frame.value } else { nil }
  }

  /// What refusing the next packet says.
  func refusal() -> String? {
    do {
      _ = try receive()
      return nil
    } catch {
      return error.description
    }
  }
}

/// Which file or socket a descriptor is of. Other tests open and close theirs meanwhile, so that to count all that this
/// process has tells nothing.
private struct Identity: Equatable {
  private let device: dev_t
  private let number: ino_t

  init?(of descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    device = status.st_dev
    number = status.st_ino
  }

  /// How many descriptors of it this process has open.
  var openDescriptors: Int {
    guard let folder = opendir("/proc/self/fd") else { return -1 }
    defer { closedir(folder) }
    var count = 0
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
      }
      if let descriptor = Int32(name), Identity(of: descriptor) == self { count += 1 }
    }
    return count
  }
}

/// Waits until nobody looks after what the socket holds back any more.
@MainActor private func untilUnwatched(_ socket: FrameSocket) async {
  let deadline = ContinuousClock.now + .seconds(30)
  while socket.outbox?.isWatched == true {
    guard ContinuousClock.now < deadline else {
      Issue.record("an empty outbox is still looked after")
      return
    }
    await Task.yield()
  }
}

private func memory(_ bytes: [UInt8], seals: Int32) -> OwnedDescriptor {
  bytes.withUnsafeBytes { bytes in
    var part = iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
    return OwnedDescriptor(martlet_wire_memory_with_seals(&part, 1, seals))
  }
}

private let shrink: Int32 = 2
private let grow: Int32 = 4
private let writes: Int32 = 8
private let payload: [UInt8] = [0xFF, 15, UInt8(ascii: "0")]

@MainActor @Suite("A frame socket", .serialized)
struct FrameSocketTests {
  @Test("carries frames of every size in order, long ones in sealed memory (S-06)")
  func sizes() throws {
    let line = try Line(queueLimit: 64 << 20)
    let other = FrameSocket(line.peer, queueLimit: 64 << 20)
    let sizes = [0, 1, 65_000, 65_535, 65_536, 65_537, 1_000_000, 3, 20_000_000, 2]
    for size in sizes {
      try other.send(Frame.encode(.message, .string(CloneString(String(repeating: "x", count: size)))))
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

  @Test("carries long buffers between other values, and sends them on without a change (S-09)")
  func longBuffers() throws {
    let line = try Line()
    let other = FrameSocket(line.peer)
    let long = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let buffer = CloneArrayBuffer(long)
    let slice = try #require(CloneArrayBufferView(.uint8, of: buffer, byteOffset: 5, byteLength: 100_000))
    // Strings of two bytes a unit lie at even places, wherever the buffers before them end.
    let value: CloneValue = [
      "я", .arrayBuffer(buffer), "две буквы: я", .view(slice), .arrayBuffer(CloneArrayBuffer(long + [1])),
      "ещё",
    ]
    try other.send(Frame.encode(.message, value))
    let expected = try CloneCodec.decode(CloneCodec.encode(value))
    buffer.bytes[0] = 99
    for _ in 0..<3 {
      let received = try #require(try line.value())
      #expect(received.isEquivalent(to: expected))
      guard case .view(let view) = received[3], case .arrayBuffer(let whole) = received[1] else {
        throw FrameError("no view")
      }
      #expect(view.buffer === whole)
      #expect(view.element(at: 1)?.isEquivalent(to: .number(Double(long[6]))) == true)
      try other.send(Frame.encode(.message, received))
      // What its receiver changes is the receiver's.
      whole.bytes[6] = 0
      #expect(whole.bytes[6] == 0 && view.element(at: 1)?.isEquivalent(to: 0) == true)
    }
  }

  @Test("never blocks when the other end does not read, and keeps what it may in order")
  func queue() throws {
    let line = try Line(queueLimit: 300_000)
    let reader = FrameSocket(line.peer)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: FrameSocket.packetLimit, alignment: 16)
    defer { buffer.deallocate() }
    var sent = 0
    let error = #expect(throws: FrameSocket.SendError.self) {
      while true {
        try line.end.send(
          Frame.encode(
            .message, ["n", .number(Double(sent)), .string(CloneString(String(repeating: "x", count: 5000)))])
        )
        sent += 1
      }
    }
    #expect(error == .queueFull)
    #expect(sent > 50)
    var received = 0
    while received < sent {
      if case .frame(let frame) = try reader.receive(into: buffer) {
        #expect(frame.value[1].isEquivalent(to: .number(Double(received))))
        received += 1
      } else {
        _ = line.end.flush()
      }
    }
    #expect(line.end.flush())
    // There is room again.
    try line.end.send(Frame.encode(.message, ["again"]))
  }

  @Test("sends what was held back before what is sent after it, several frames in a packet (S-06)")
  func held() throws {
    let line = try Line()
    let other = FrameSocket(line.peer)
    for number in 0..<100 { try other.hold(Frame.encode(.message, .number(Double(number)))) }
    try other.send(Frame.encode(.message, 100))
    #expect(!other.hasHeld)
    var packets = 0
    for number in 0...100 {
      if !line.end.hasReceived { packets += 1 }
      #expect(try line.value()?.isEquivalent(to: .number(Double(number))) == true)
    }
    #expect(packets < 10)
    #expect(try line.value() == nil)
  }

  @Test("sends what was held back within moments when nobody has it sent")
  func heldByItself() async throws {
    let line = try Line()
    let other = FrameSocket(line.peer)
    // The second round, too: what looks after it has been asleep for long then.
    for round in 0..<2 {
      try other.hold(Frame.encode(.message, .number(Double(round))))
      #expect(other.hasHeld)
      var waiting = pollfd(fd: line.end.descriptor, events: Int16(POLLIN), revents: 0)
      #expect(poll(&waiting, 1, 10_000) == 1)
      #expect(try line.value()?.isEquivalent(to: .number(Double(round))) == true)
      try other.releaseHeld()
      #expect(try line.value() == nil)
      if round == 0 { await untilUnwatched(other) }
    }
  }

  @Test("keeps what was held back in order when the socket is full, and holds back no more then")
  func heldWhenFull() throws {
    let line = try Line()
    let other = FrameSocket(line.peer)
    let filling = try Frame.encode(.message, .string(CloneString(String(repeating: "x", count: 5000))))
    while !other.hasQueue { try other.hold(filling) }
    try other.hold(Frame.encode(.message, "last"))
    #expect(!other.hasHeld)
    var last: CloneValue?
    while last?.isEquivalent(to: "last") != true {
      last = try line.value()
      if last == nil { _ = other.flush() }
    }
    #expect(try line.value() == nil)
  }

  @Test("says that the other end is gone, receiving and sending")
  func end() throws {
    let line = try Line()
    let (ours, theirs) = try #require(OwnedDescriptor.pair())
    let end = FrameSocket(ours)
    withExtendedLifetime(theirs) {}
    _ = consume theirs
    guard case .end = try end.receive(into: .init(start: malloc(70_000), count: FrameSocket.packetLimit))
    else {
      Issue.record("the end was not received")
      return
    }
    #expect(throws: FrameSocket.SendError.closed) { try end.send(Frame.encode(.message, 1)) }
    line.end.endSending()
    line.peerSends(frameBytes(payload: payload))
    #expect(try line.value()?.isEquivalent(to: .null) == true)
  }

  @Test("hands over ports, and closes those of a frame that nobody takes (S-08)")
  func ports() throws {
    let line = try Line()
    let other = FrameSocket(line.peer)
    let port: Identity
    do {
      let (near, far) = try #require(OwnedDescriptor.pair())
      port = try #require(Identity(of: far.number))
      let nearEnd = FrameSocket(near)
      // What waits in a port when it is sent away goes with it (S-52).
      try nearEnd.send(Frame.encode(.portMessage, "queued"))
      try other.send(Frame.encode(.postMessage, ["channel", .null]), ports: [far])
      guard case .frame(let frame) = try line.receive() else { throw FrameError("no frame") }
      #expect(frame.ports.count == 1)
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: FrameSocket.packetLimit, alignment: 16)
      defer { buffer.deallocate() }
      guard case .frame(let queued) = try FrameSocket(frame.ports[0]).receive(into: buffer) else {
        throw FrameError("no queued frame")
      }
      #expect(try String.decode(from: queued.value) == "queued")
    }
    #expect(port.openDescriptors == 0)
  }
}

@MainActor @Suite("A hostile end of a frame socket", .serialized)
struct HostileFrameSocketTests {
  @Test("that sends garbage, half frames or wrong lengths is found out")
  func garbage() throws {
    let line = try Line()
    line.peerSends([1, 2, 3])
    #expect(line.refusal() == "3 bytes are no frame")
    line.peerSends(frameBytes(length: 1000, payload: payload))
    #expect(line.refusal() == "a header that says 1000 bytes before 3")
    line.peerSends(frameBytes(flags: 1, length: 1000, payload: []))
    #expect(line.refusal() == "a header that says 0 ports before 0 descriptors")
    line.peerSends([UInt8](repeating: 0x41, count: FrameSocket.packetLimit + 1))
    #expect(line.refusal() == "a packet that is too long or has too many descriptors")
  }

  @Test("cannot hide anything between or after the frames of a packet")
  func packets() throws {
    let line = try Line()
    let frame = frameBytes(payload: payload)
    let padding = [UInt8](repeating: 0, count: 5)
    line.peerSends(frame + padding + frame)
    #expect(try line.value()?.isEquivalent(to: .null) == true)
    #expect(try line.value()?.isEquivalent(to: .null) == true)
    for (tail, refusal) in [
      ([0], "1 bytes after the frames of a packet"),
      (padding, "5 bytes after the frames of a packet"),
      (padding + [1], "1 bytes are no frame"),
      (padding + frame.dropLast(), "a header that says 3 bytes before 2"),
      (padding + frame + [0], "1 bytes after the frames of a packet"),
      (padding + frameBytes(flags: 1, payload: payload), "a header that says 0 ports before 0 descriptors"),
      (padding + frameBytes(ports: 1, payload: payload), "a header that says 1 ports before 0 descriptors"),
    ] {
      line.peerSends(frame + tail)
      #expect(line.refusal() == refusal)
      // What came before it is not heard either.
      #expect(try line.value() == nil)
    }
    let empty = frameBytes(payload: [])
    line.peerSends([UInt8](repeatElement(empty, count: 256).joined()))
    for _ in 0..<256 { #expect(try line.value() != nil) }
    line.peerSends([UInt8](repeatElement(empty, count: 257).joined()))
    #expect(line.refusal() == "16 bytes after the frames of a packet")
  }

  @Test("cannot pass memory that could still change, or is of another size")
  func unsealed() throws {
    let line = try Line()
    func refusal(_ memory: OwnedDescriptor, length: UInt32 = 3) -> String? {
      line.peerSends(frameBytes(flags: 1, length: length, payload: []), [memory.number])
      return line.refusal()
    }
    let text = "memory that is not sealed, or has another size than 3 bytes"
    #expect(refusal(memory(payload, seals: 0)) == text)
    #expect(refusal(memory(payload, seals: shrink | grow)) == text)
    #expect(refusal(memory(payload, seals: writes | grow)) == text)
    #expect(refusal(memory(payload + payload, seals: shrink | grow | writes)) == text)
    #expect(refusal(memory([], seals: shrink | grow | writes), length: 0) == "a frame of 0 bytes in memory")
    #expect(
      refusal(memory(payload, seals: shrink | grow | writes), length: 2 << 30)
        == "a frame of 2147483648 bytes in memory")
    // A device, a folder, a socket: anything but memory.
    for path in ["/dev/zero", "/", "/proc/self/exe"] {
      #expect(refusal(OwnedDescriptor(open(path, O_RDONLY))) == text)
    }
    #expect(refusal(memory(payload, seals: shrink | grow | writes)) == nil)
  }

  @Test("cannot pass something else for a port, nor more descriptors than it tells of, and none stays open")
  func descriptors() throws {
    let line = try Line()
    let file = memory(payload, seals: 0)
    let identity = try #require(Identity(of: file.number))
    line.peerSends(frameBytes(ports: 1, payload: payload), [file.number])
    #expect(line.refusal() == "a port that is no socket")
    line.peerSends(frameBytes(payload: payload), [file.number])
    #expect(line.refusal() == "a header that says 0 ports before 1 descriptors")
    let many = [Int32](repeating: file.number, count: Int(MARTLET_DESCRIPTOR_LIMIT))
    line.peerSends(frameBytes(ports: 64, payload: payload), many)
    #expect(line.refusal() == "a header that says 64 ports before 65 descriptors")
    for _ in 0..<200 {
      line.peerSends(frameBytes(payload: payload), many)
      #expect(line.refusal() != nil)
    }
    #expect(identity.openDescriptors == 1)
  }

  @Test("that changes every byte of a frame in turn gets a frame or an error, never a crash (fuzz)")
  func mutated() throws {
    var random = SystemRandomNumberGenerator()
    let frame = try Frame.encode(.send, ["channel", ["a": 1, "b": [1, 2, "three"]], .bool(true)]).joined()
    let padding = [UInt8](repeating: 0, count: martlet_frame_align(frame.count) - frame.count)
    let line = try Line()
    for round in 0..<20_000 {
      var bytes = round % 2 == 0 ? frame : frame + padding + frame
      for _ in 0..<(1 + round % 3) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if round % 5 == 0 { bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random)) }
      line.peerSends(bytes)
      repeat { _ = try? line.receive() } while line.end.hasReceived
    }
  }
}
