import MartletIPC
import MartletClone
import Testing

@Suite("An envelope")
@MainActor
struct EnvelopeTests {
  @Test(arguments: [Envelope.Kind.message, .reply, .evaluate], [0, 1, 0x1234_5678, UInt32.max])
  func `An envelope of any kind comes back from its bytes as it was`(_ kind: Envelope.Kind, _ call: UInt32)
    throws
  {
    let value: CloneValue = ["channel", 1, -0.5, ["a": .undefined], .null, "ключ"]
    let envelope = try Envelope(bytes: Envelope.encode(kind, call: call, value).joined())
    #expect(envelope.kind == kind)
    #expect(envelope.call == call)
    #expect(envelope.sequence == 0)
    #expect(envelope.value.isEquivalent(to: value))
  }

  @Test
  func `An envelope without a payload has the value undefined`() throws {
    #expect(try Envelope(bytes: envelopeBytes(payload: [])).value.isUndefined)
  }

  @Test
  func `An envelope has the header of wire.h, in little-endian`() throws {
    let bytes = try Envelope.encode(.reply, call: 0x0403_0201, .null).joined()
    #expect(bytes == [17, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, 3, 0, 0, 0, 0xFF, 15, UInt8(ascii: "0")])

    let envelope = try Envelope(
      bytes: envelopeBytes(kind: 2, call: 0x0403_0201, sequence: 0x0807_0605, payload: CloneCodec.encode("x"))
    )
    #expect(envelope.kind == .invoke)
    #expect(envelope.call == 0x0403_0201)
    #expect(envelope.sequence == 0x0807_0605)
  }

  @Test
  func `An envelope of an unknown kind is still an envelope`() throws {
    #expect(try Envelope(bytes: envelopeBytes(kind: 255, payload: CloneCodec.encode(1))).kind.number == 255)
  }

  @Test
  func `An envelope that cannot be encoded is an error and no bytes (S-10)`() {
    let error = #expect(throws: CloneError.self) {
      try Envelope.encode(.message, ["channel", uncloneable()])
    }
    #expect(error?.message == "An object could not be cloned.")
  }
}

@Suite("Bytes of a hostile renderer")
@MainActor
struct HostileEnvelopeTests {
  private static let payload: [UInt8] = [0xFF, 15, UInt8(ascii: "0")]

  @Test(arguments: 0..<16)
  func `Bytes of a hostile renderer are refused when they are shorter than a header`(_ count: Int) {
    #expect(
      refusal(of: [UInt8](repeating: 0, count: count)) == "packet is shorter than a header: \(count) bytes")
  }

  @Test(arguments: [0, 2, 4, 19, 1 << 31, UInt32.max])
  func `Bytes of a hostile renderer are refused when the header lies about the length`(_ length: UInt32) {
    #expect(
      refusal(of: envelopeBytes(length: length, payload: Self.payload))
        == "header announces \(length) bytes, packet has 3")
  }

  @Test
  func `Bytes of a hostile renderer are refused when they are two envelopes in one`() {
    let envelope = envelopeBytes(payload: Self.payload)
    #expect(refusal(of: envelope) == nil)
    #expect(refusal(of: envelope + envelope) == "header announces 3 bytes, packet has 22")
  }

  @Test(arguments: [4, 6, 0x80] as [UInt8])
  func `Bytes of a hostile renderer are refused when the header has flags of another version`(_ flags: UInt8)
  {
    #expect(refusal(of: envelopeBytes(flags: flags, payload: Self.payload)) == "unknown header flags")
  }

  @Test
  func `Bytes of a hostile renderer are refused when announced memory or ports are missing`() {
    #expect(
      refusal(of: envelopeBytes(flags: 1, payload: []))
        == "header announces 0 ports, packet has 0 descriptors")
    #expect(
      refusal(of: envelopeBytes(ports: 1, payload: Self.payload))
        == "header announces 1 ports, packet has 0 descriptors")
  }

  @Test(
    arguments: [
      [0xFF], [0xFF, 15], [0xFF, 14, 0x30], [0xFF, 15, 0x30, 0x30], [0xFF, 15, 0x22, 0xFF, 0xFF, 0x03],
      [UInt8](repeating: 0x41, count: 1000), [UInt8](repeating: 0, count: 1000),
    ] as [[UInt8]])
  func `Bytes of a hostile renderer are refused when the payload is no value`(_ payload: [UInt8]) {
    let refused = refusal(of: envelopeBytes(payload: payload))
    #expect(refused?.hasPrefix("payload cannot be decoded: ") == true, "\(refused ?? "an envelope")")
  }

  @Test
  func `Bytes of a hostile renderer are read or refused: 40,000 damaged envelopes of a fixed seed`() throws {
    let seed: UInt64 = 0x4D61_7274_6C65_74
    var random = SeededGenerator(seed: seed)
    let corpus = try Self.corpus()
    var read = 0
    for round in 0..<40_000 {
      let damaged = Self.damage(corpus.randomElement(using: &random)!, with: &random)
      do {
        let envelope = try Envelope(bytes: damaged)
        read += 1
        // An accepted value must be usable: printed, taken apart and sent on.
        _ = envelope.value.description
        _ = IpcMessage(envelope.value)
        let again = try Envelope(
          bytes: Envelope.encode(envelope.kind, call: envelope.call, envelope.value).joined())
        #expect(again.value.isEquivalent(to: envelope.value), "round \(round)")
        envelope.value.dismantle()
        again.value.dismantle()
      } catch is EnvelopeError {
        continue
      }
    }
    // A share that is neither all nor none, or the loop would prove little.
    #expect(read > 4_000)
    #expect(read < 36_000)
  }

  private static func corpus() throws -> [[UInt8]] {
    let error = CloneErrorObject(.typeError, message: "m", stack: "s", cause: ["code": 1])
    let values: [CloneValue] = [
      ["channel"], ["set-title", "Hello"], ["add", 1, 2.5, -3], ["ключ", .undefined, .null, true],
      ["object", ["id": 1, "nested": ["list": [1, "2", [3]]]]],
      ["map", .map(CloneMap([(1, "a"), ("b", ["c": 2])])), .set(CloneSet([1, "two"]))],
      ["bytes", .view(CloneArrayBufferView([1, 2, 3, 4])), .bigInt(12_345_678_901_234)],
      ["error", .error(error), .regExp(CloneRegExp(source: "a+", flags: .global))],
    ]
    return try values.enumerated().map { index, value in
      envelopeBytes(sequence: UInt32(index + 1), payload: try CloneCodec.encode(value))
    }
  }

  /// One to four changes: a byte, a bit, a piece removed, a piece duplicated, the end cut off. In three of
  /// four cases the header's length is corrected, because otherwise no damage would reach the codec.
  private static func damage(_ bytes: [UInt8], with random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
      let position = Int.random(in: bytes.indices, using: &random)
      let end = min(bytes.count, position + Int.random(in: 1...8, using: &random))
      switch Int.random(in: 0..<8, using: &random) {
      case 0...2: bytes[position] = UInt8.random(in: 0...255, using: &random)
      case 3...4: bytes[position] ^= 1 << UInt8.random(in: 0...7, using: &random)
      case 5: bytes.removeSubrange(position..<end)
      case 6: bytes.insert(contentsOf: bytes[position..<end], at: position)
      default: bytes.removeSubrange(position...)
      }
    }
    if bytes.count >= 16, Int.random(in: 0..<4, using: &random) > 0 {
      withUnsafeBytes(of: UInt32(bytes.count - 16).littleEndian) { bytes.replaceSubrange(12..<16, with: $0) }
    }
    return bytes
  }
}
