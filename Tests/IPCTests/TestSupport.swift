import MartletIPC
import MartletClone

extension Envelope {
  /// Parses and decodes an envelope without collecting its cycles.
  @MainActor init(bytes: [UInt8]) throws(EnvelopeError) {
    self = try Envelope(bytes: bytes, collector: CycleCollector())
  }
}

extension IpcReply {
  @MainActor static func success(call: UInt32 = 0, _ value: CloneValue) -> EncodedEnvelope {
    success(call: call, value, CycleCollector())
  }
}

/// The bytes of an envelope as a renderer may send it, with arbitrary header fields.
func envelopeBytes(
  kind: UInt8 = Envelope.Kind.send.number, flags: UInt8 = 0, ports: UInt16 = 0, call: UInt32 = 0,
  sequence: UInt32 = 1, length: UInt32? = nil, payload: [UInt8]
) -> [UInt8] {
  var bytes = [kind, flags]
  bytes.append(littleEndian: ports)
  bytes.append(littleEndian: call)
  bytes.append(littleEndian: sequence)
  bytes.append(littleEndian: length ?? UInt32(payload.count))
  return bytes + payload
}

extension [UInt8] {
  mutating func append(littleEndian number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }
}

/// The error text of decoding `bytes`, or nil when they are a valid envelope.
@MainActor func refusal(of bytes: [UInt8]) -> String? {
  do {
    _ = try Envelope(bytes: bytes)
    return nil
  } catch {
    return error.description
  }
}

/// The content of a reply envelope: `[ok, value]`.
@MainActor func reply(in encoded: EncodedEnvelope) throws -> (
  call: UInt32, isSuccess: Bool, value: CloneValue
) {
  let envelope = try Envelope(bytes: encoded.joined())
  guard envelope.kind == .reply, case .array(let pair) = envelope.value, pair.length == 2,
    case .bool(let ok) = pair[0]
  else { throw EnvelopeError("no reply: \(envelope.value)") }
  return (envelope.call, ok, pair[1])
}

/// A value that no codec accepts: one level deeper than the nesting limit.
func uncloneable() -> CloneValue {
  var value: CloneValue = 1
  for _ in 0...CloneCodec.maximumDepth { value = [value] }
  return value
}

/// Random numbers that are the same in every run with the same seed.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  // SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }
}
