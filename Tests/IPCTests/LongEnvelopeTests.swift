import CMartletWire
import Glibc
import MartletClone
import Testing

@testable import MartletIPC

@MainActor @Suite("An envelope that is too long for a packet", .serialized)
struct LongEnvelopeTests {
  @Test
  func `A long envelope carries long buffers between other values, and sends them on unchanged (S-09)`()
    throws
  {
    let line = try Line()
    let other = Lane(line.peer)
    let long = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let buffer = CloneArrayBuffer(long)
    let slice = try #require(CloneArrayBufferView(.uint8, of: buffer, byteOffset: 5, byteLength: 100_000))
    // Two-byte strings start at even offsets, wherever the buffers before them end.
    let value: CloneValue = [
      "я", .arrayBuffer(buffer), "две буквы: я", .view(slice), .arrayBuffer(CloneArrayBuffer(long + [1])),
      "ещё",
    ]
    try other.send(Envelope.encode(.message, value))
    let expected = try CloneCodec.decode(CloneCodec.encode(value))
    buffer.bytes[0] = 99
    for _ in 0..<3 {
      let received = try #require(try line.value())
      #expect(received.isEquivalent(to: expected))
      guard case .view(let view) = received[3], case .arrayBuffer(let whole) = received[1] else {
        throw EnvelopeError("no view")
      }
      #expect(view.buffer === whole)
      #expect(view.element(at: 1)?.isEquivalent(to: .number(Double(long[6]))) == true)
      try other.send(Envelope.encode(.message, received))
      // The receiver's changes affect only its own copy.
      whole.bytes[6] = 0
      #expect(whole.bytes[6] == 0 && view.element(at: 1)?.isEquivalent(to: 0) == true)
    }
  }

  @Test
  func `A long envelope cannot announce memory that has no pages`() throws {
    let line = try Line()
    let size = 1 << 20
    let addSeals: Int32 = 1033  // F_ADD_SEALS
    // A string of this many letters.
    let payload: [UInt8] = [0xFF, 15, 0x22, 0xFA, 0xFF, 0x3F] + [UInt8](repeating: 0x61, count: size - 6)
    for (written, isRefused) in [(size, false), (size / 2, true), (1, true)] {
      let memory = memory(Array(payload[..<written]), seals: 0)
      #expect(ftruncate(memory.number, size) == 0)
      #expect(fcntl(memory.number, addSeals, shrink | grow | writes) == 0)
      line.peerSends(envelopeBytes(flags: 1, length: UInt32(size), payload: []), [memory.number])
      let refusal = line.refusal()
      #expect((refusal != nil) == isRefused, "\(refusal ?? "accepted")")
    }
  }

  @Test
  func `The memory of a long envelope is closed, by a thread where it is large`() async throws {
    for length in [3, 4 << 20] {
      var bytes = [UInt8](repeating: 7, count: length)
      let memory = bytes.withUnsafeMutableBytes { bytes in
        var part = iovec(iov_base: bytes.baseAddress, iov_len: bytes.count)
        return martlet_wire_memory(&part, 1)
      }
      let identity = try #require(Identity(of: memory))
      martlet_wire_close_memory(memory, length)
      let deadline = ContinuousClock.now + .seconds(30)
      while identity.openDescriptors > 0, ContinuousClock.now < deadline { await Task.yield() }
      #expect(identity.openDescriptors == 0, "\(length) bytes")
    }
  }

  @Test
  func `A long envelope has 256 MiB at most, and 1 GiB with buffers`() throws {
    func code(_ value: CloneValue) -> ErrorCode? {
      do throws(CloneError) {
        _ = try Envelope.encode(.message, value)
        return nil
      } catch {
        return error.code
      }
    }
    /// Buffers that share their bytes, so that none is copied here.
    func buffers(_ count: Int, megabytes: Int) -> CloneValue {
      let bytes = [UInt8](repeating: 0, count: megabytes << 20)
      return .array(CloneArray((0..<count).map { _ in .arrayBuffer(CloneArrayBuffer(bytes)) }))
    }
    #expect(code(.string(CloneString(String(repeating: "x", count: 256 << 20)))) == .ipcMessageTooLong)
    #expect(code(buffers(10, megabytes: 100)) == nil)
    #expect(code(buffers(11, megabytes: 100)) == .ipcMessageTooLong)
    // Buffers after the 64th are treated like short ones.
    #expect(code(buffers(64 + 51, megabytes: 5)) == nil)
    #expect(code(buffers(64 + 52, megabytes: 5)) == .ipcMessageTooLong)
  }

  @Test
  func `A long envelope cannot pass memory that is not sealed or of another size`() throws {
    let line = try Line()
    func refusal(_ memory: OwnedDescriptor, length: UInt32 = 3) -> String? {
      line.peerSends(envelopeBytes(flags: 1, length: length, payload: []), [memory.number])
      return line.refusal()
    }
    let text = "memory is not sealed, not readable, or not of the announced size: 3 bytes"
    #expect(refusal(memory(payload, seals: 0)) == text)
    #expect(refusal(memory(payload, seals: shrink | grow)) == text)
    #expect(refusal(memory(payload, seals: writes | grow)) == text)
    #expect(refusal(memory(payload + payload, seals: shrink | grow | writes)) == text)
    #expect(
      refusal(memory([], seals: shrink | grow | writes), length: 0)
        == "sealed memory is empty or too long: 0 bytes")
    #expect(
      refusal(memory(payload, seals: shrink | grow | writes), length: 2 << 30)
        == "sealed memory is empty or too long: 2147483648 bytes")
    // A device, a folder, a socket: descriptors that are not memory.
    for path in ["/dev/zero", "/", "/proc/self/exe"] {
      #expect(refusal(OwnedDescriptor(open(path, O_RDONLY))) == text)
    }
    #expect(
      refusal(memory(payload, seals: shrink | grow | writes), length: (256 << 20) + 1)
        == "sealed memory is empty or too long: 268435457 bytes")
    #expect(refusal(memory(payload, seals: shrink | grow | writes)) == nil)
  }

  @Test
  func `A long buffer is sent on in its own memory, without the rest of its envelope`() throws {
    let line = try Line()
    let other = Lane(line.peer)
    let long = [UInt8](repeating: 7, count: 100_000)
    try other.send(Envelope.encode(.message, ["a secret", .view(CloneArrayBufferView(long))]))
    let received = try #require(try line.value())
    let next = try Line()
    try next.end.send(Envelope.encode(.message, received[1]))
    var buffer = [UInt8](repeating: 0, count: Lane.packetLimit)
    var descriptors = [Int32](repeating: -1, count: Int(MARTLET_DESCRIPTOR_LIMIT))
    var count = 0
    let length = martlet_wire_receive(next.peer.number, &buffer, buffer.count, &descriptors, &count, false)
    #expect(length > 0 && length < 100)
    try #require(count == 1)
    let memory = OwnedDescriptor(descriptors[0])
    #expect(martlet_wire_memory_is_sealed(memory.number, long.count))
    let identity = try #require(Identity(of: memory.number))
    // Held by the message that it came in, and here.
    #expect(identity.openDescriptors == 2)
    withExtendedLifetime((received, memory)) {}
  }

  @Test
  func `A long envelope may have more long buffers than descriptors`() throws {
    let line = try Line()
    let other = Lane(line.peer)
    let buffers = (0..<(Int(MARTLET_BULK_LIMIT) + 3)).map { number in
      CloneValue.arrayBuffer(CloneArrayBuffer([UInt8](repeating: UInt8(number), count: 65_536 + number)))
    }
    let value = CloneValue.array(CloneArray(buffers + ["end"]))
    try other.send(Envelope.encode(.message, value))
    #expect(try line.value()?.isEquivalent(to: value) == true)
  }

  @Test
  func `A long envelope may hold resizable buffers, long ones too`() throws {
    let line = try Line()
    let other = Lane(line.peer)
    let buffer = CloneArrayBuffer([UInt8](repeating: 3, count: 100_000), maxByteLength: 200_000)
    try other.send(Envelope.encode(.message, ["before", .arrayBuffer(buffer), "after"]))
    let received = try #require(try line.value())
    guard case .arrayBuffer(let copy) = received[1] else { throw EnvelopeError("no buffer") }
    #expect(copy.bytes == buffer.bytes && copy.maxByteLength == 200_000)
    #expect(received[2].isEquivalent(to: "after"))
  }

  @Test
  func `Long envelopes that are kept unread do not use up this process's descriptors`() throws {
    let line = try Line()
    let other = Lane(line.peer)
    var kept: [CloneValue] = []
    for number in 0..<2000 {
      let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 65_536)
      try other.send(Envelope.encode(.message, .view(CloneArrayBufferView(bytes))))
      kept.append(try #require(try line.value()))
    }
    for (number, value) in kept.enumerated() {
      guard case .view(let view) = value else { throw EnvelopeError("no view") }
      #expect(view.bytes[65_535] == UInt8(truncatingIfNeeded: number))
    }
  }

  /// A message with a 3-byte out-of-line buffer, with arbitrary header fields: `[0xFF, 15, 'B', 3]` and the
  /// table after it.
  private func bulkEnvelope(
    _ entries: [(UInt32, UInt32)], payload: [UInt8] = [0xFF, 15, UInt8(ascii: "B"), 3], tail: [UInt8] = []
  ) -> [UInt8] {
    var bytes = envelopeBytes(flags: 2, payload: payload)
    bytes += repeatElement(0, count: martlet_envelope_align(bytes.count) - bytes.count)
    for (place, length) in entries {
      bytes.append(littleEndian: place)
      bytes.append(littleEndian: length)
    }
    return bytes + tail
  }

  @Test
  func `A long envelope that lies about its buffers is refused`() throws {
    let line = try Line()
    let sealed = shrink | grow | writes
    func refusal(_ bytes: [UInt8], _ memory: OwnedDescriptor...) -> String? {
      line.peerSends(bytes, memory.map(\.number))
      return line.refusal()
    }
    let three = memory([1, 2, 3], seals: sealed)
    #expect(refusal(bulkEnvelope([(4, 3)]), three) == nil)
    let notSealed = "memory is not sealed, not readable, or not of the announced size:"
    #expect(
      refusal(bulkEnvelope([(4, 3)]), memory([1, 2, 3], seals: shrink | grow)) == "\(notSealed) 3 bytes")
    #expect(refusal(bulkEnvelope([(4, 4)]), three) == "\(notSealed) 4 bytes")
    #expect(
      refusal(bulkEnvelope([(4, 0)]), memory([], seals: sealed))
        == "long buffer is empty or too long: 0 bytes in an envelope of 4")
    #expect(
      refusal(bulkEnvelope([(4, 0xFFFF_FFFF)]), three)
        == "long buffer is empty or too long: 4294967295 bytes in an envelope of 4294967299")
    #expect(
      refusal(bulkEnvelope([(4, 3)])) == "header announces 0 ports, packet has 0 descriptors")
    #expect(refusal(bulkEnvelope([]), three) == "buffer table of 0 bytes for 1 long buffers")
    #expect(refusal(bulkEnvelope([(4, 3)], tail: [0]), three) == "buffer table of 9 bytes for 1 long buffers")
    #expect(refusal(bulkEnvelope([(4, 3), (4, 3)]), three) == "buffer table of 16 bytes for 1 long buffers")
    // Wrong contents are detected when the value is decoded, or earlier when they are out of range.
    let another = memory([4, 5, 6], seals: sealed)
    for entries in [[(3, 3)], [(0, 3)], [(0xFFFF_FFFF, 3)], [(4, 3), (4, 3)]] as [[(UInt32, UInt32)]] {
      let memory = entries.count == 1 ? [three] : [three, another]
      line.peerSends(bulkEnvelope(entries), memory.map(\.number))
      let isBeyond = entries[0].0 > 1000
      let refusal =
        isBeyond
        ? "long buffer is out of order or out of range: at byte 4294967295" : "payload cannot be decoded: "
      #expect(line.refusal()?.hasPrefix(refusal) == true)
    }
    for descriptor in [three, another] {
      #expect(try #require(Identity(of: descriptor.number)).openDescriptors == 1)
    }
  }
}
