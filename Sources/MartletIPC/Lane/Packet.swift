// One packet of an envelope socket on its way out.

internal import CMartletWire
internal import MartletClone

/// What is sent at once, with the descriptors that go with it.
struct Packet {
  private(set) var bytes: [UInt8]
  let descriptors: [OwnedDescriptor]
  /// The bytes that it keeps, here or in memory of its own.
  private(set) var size: Int
  /// Those in memory of its own.
  private var memory = 0
  /// How many envelopes it has that others may join; 0 for a packet to itself.
  private var envelopeCount = 0

  /// Makes a packet of an encoded envelope. Nil when there is no memory for a long one.
  init?(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor]) {
    var header = envelope.stream.withUnsafeBytes { $0.loadUnaligned(as: martlet_envelope_header.self) }
    header.ports = UInt16(ports.count)
    var packet = envelope.stream
    var descriptors = ports
    // A buffer that is apart is alone more than a packet holds.
    if envelope.count > Int(MARTLET_PACKET_LIMIT) {
      guard let long = LongEnvelope(envelope) else { return nil }
      header.flags = long.flags
      header.length = long.length
      packet = long.packet
      memory = long.memorySize
      descriptors.insert(contentsOf: long.memory, at: 0)
    }
    if !descriptors.isEmpty {
      packet.withUnsafeMutableBytes { $0.storeBytes(of: header, as: martlet_envelope_header.self) }
    }
    bytes = packet
    size = envelope.count
    self.descriptors = descriptors
  }

  /// Makes a packet of envelopes that are laid out as they travel.
  init(envelopes: [UInt8], count: Int) {
    bytes = envelopes
    size = envelopes.count
    descriptors = []
    envelopeCount = count
  }

  /// Adds an envelope of one piece, if this packet is not for itself and has room.
  mutating func join(_ envelope: [UInt8]) -> Bool {
    let begin = martlet_envelope_align(bytes.count)
    guard envelopeCount > 0, envelopeCount < Int(MARTLET_BATCH_LIMIT),
      begin + envelope.count <= Int(MARTLET_PACKET_LIMIT)
    else { return false }
    bytes.append(contentsOf: repeatElement(0, count: begin - bytes.count))
    bytes.append(contentsOf: envelope)
    size = bytes.count
    envelopeCount += 1
    return true
  }

  /// Sends it; one of wire.h's outcomes.
  func send(on socket: Int32, _ flight: inout martlet_flight) -> Int {
    // Most packets have no descriptors: nothing is allocated for them.
    let numbers = descriptors.isEmpty ? [] : descriptors.map(\.number)
    defer { withExtendedLifetime(descriptors) {} }
    return bytes.withUnsafeBytes { bytes in
      var part = iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
      return Int(martlet_flight_send(&flight, memory, socket, &part, 1, numbers, numbers.count))
    }
  }
}
