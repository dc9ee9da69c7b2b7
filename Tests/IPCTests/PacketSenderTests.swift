// Tests the rules of sending that both processes share.

import CMartletWire
import Glibc
import MartletClone
import Testing

@testable import MartletIPC

/// A sender whose socket is full, and the raw socket at its other end.
@MainActor private struct FullLine {
  let sender: PacketSender
  private let peer: OwnedDescriptor
  /// The number of packets that fill the socket.
  private var filling = 0

  init(queueLimit: Int = 1 << 20) throws {
    let (near, far) = try #require(OwnedDescriptor.pair())
    sender = PacketSender(near, queueLimit: queueLimit)
    peer = far
    let packet = [UInt8](repeating: 1, count: 30_000)
    while Glibc.send(near.number, packet, packet.count, Int32(MSG_DONTWAIT)) > 0 { filling += 1 }
  }

  func send(_ envelope: [UInt8], isJoining: Bool) throws(SendError) {
    try envelope.span.bytes.withUnsafeBytes { (bytes) throws(SendError) in
      try sender.send(short: iovec(bytes), isJoining: isJoining)
    }
  }

  /// The packets that were queued, as the other end receives them.
  func received() -> [[UInt8]] {
    var packets: [[UInt8]] = []
    var buffer = [UInt8](repeating: 0, count: Int(MARTLET_PACKET_LIMIT) + 1)
    repeat {
      while case let count = recv(peer.number, &buffer, buffer.count, Int32(MSG_DONTWAIT)), count > 0 {
        packets.append(Array(buffer[..<count]))
      }
    } while !sender.flush() || hasMore
    return Array(packets.dropFirst(filling))
  }

  private var hasMore: Bool {
    var readable = pollfd(fd: peer.number, events: Int16(POLLIN), revents: 0)
    return poll(&readable, 1, 0) == 1
  }
}

/// An envelope of `count` bytes.
private func envelope(of count: Int) -> [UInt8] {
  let payload = [UInt8](repeating: 2, count: count - Int(MARTLET_HEADER_SIZE))
  return envelopeBytes(length: UInt32(payload.count), payload: payload)
}

@MainActor @Suite("A sender of packets")
struct PacketSenderTests {
  @Test func `Queued envelopes share packets of at most 256 and 64 KiB, except those of a port`() throws {
    let line = try FullLine()
    for _ in 0..<257 { try line.send(envelope(of: 16), isJoining: true) }
    for _ in 0..<2 { try line.send(envelope(of: 40_000), isJoining: true) }
    for _ in 0..<2 { try line.send(envelope(of: 16), isJoining: false) }
    try line.send(envelope(of: 16), isJoining: true)
    #expect(line.received().map(\.count) == [256 * 16, 16 + 40_000, 40_000, 16, 16, 16])
  }

  @Test func `Envelopes that a script holds are queued as one packet, and each is counted`() throws {
    let line = try FullLine()
    let memory = UnsafeMutableRawPointer.allocate(byteCount: Int(MARTLET_OUTBOX_SIZE), alignment: 16)
    defer { memory.deallocate() }
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: Int(MARTLET_OUTBOX_SIZE))
    line.sender.hold(in: memory)
    let held = [UInt8](repeatElement(envelope(of: 16), count: 255).joined())
    let words = memory.assumingMemoryBound(to: Int32.self)
    (memory + 4 * Int(MARTLET_OUTBOX_WORDS)).copyMemory(from: held, byteCount: held.count)
    words[Int(MARTLET_OUTBOX_USED)] = Int32(held.count)
    for _ in 0..<2 { try line.send(envelope(of: 16), isJoining: true) }
    #expect(words[Int(MARTLET_OUTBOX_USED)] == 0)
    line.sender.endHolding()
    #expect(line.received().map(\.count) == [256 * 16, 16])
  }

  @Test func `The last envelope is queued beyond the limit, and no other is`() throws {
    let line = try FullLine(queueLimit: 100)
    try line.send(envelope(of: 96), isJoining: true)
    #expect(throws: SendError.queueFull) { try line.send(envelope(of: 16), isJoining: true) }
    let last = envelope(of: 16)
    try last.span.bytes.withUnsafeBytes { (bytes) throws(SendError) in
      try line.sender.send(OutgoingPacket([iovec(bytes)]), isLast: true)
    }
    #expect(line.received().map(\.count) == [96, 16])
  }

  @Test(arguments: [1000, 70_000])
  func `An envelope in pieces is laid out with its long buffer and its port`(length: Int) throws {
    let line = try Line()
    let (port, _) = try #require(OwnedDescriptor.pair())
    let text = String(repeating: "x", count: length)
    let contents = [UInt8](repeating: 3, count: CloneSegments.bulkSize)
    let encoded = try Envelope.encode(
      .message, [.string(CloneString(text)), .arrayBuffer(CloneArrayBuffer(contents)), 4])
    let place = try #require(encoded.bulk.first).place
    var writer = PacketWriter()
    let isAdded = contents.withUnsafeBytes { writer.add(iovec($0), at: place - envelopeHeaderSize) }
    #expect(isAdded)
    try encoded.withStream { (stream) throws(SendError) in
      let first = iovec(iov_base: stream.iov_base, iov_len: place)
      let last = iovec(iov_base: stream.iov_base + place, iov_len: stream.iov_len - place)
      guard let packet = writer.packet(of: [first, last], ports: [port]) else { throw .exhausted }
      // The text makes the stream too long for the packet.
      let size = packet.withParts { (parts) in parts.reduce(0) { $0 + $1.iov_len } }
      #expect((size < 100) == (length > Int(MARTLET_PACKET_LIMIT)))
      try PacketSender(line.peer).send(packet)
    }
    guard case .envelope(let envelope) = try line.receive() else {
      Issue.record("no envelope")
      return
    }
    #expect(envelope.ports.count == 1)
    #expect(
      envelope.value.isEquivalent(to: [
        .string(CloneString(text)), .arrayBuffer(CloneArrayBuffer(contents)), 4,
      ]))
  }
}
