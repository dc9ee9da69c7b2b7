// One outgoing packet of a lane.

internal import CMartletWire
internal import MartletClone

/// The bytes of one send, with the descriptors that go with them.
struct Packet {
  private(set) var bytes: [UInt8]
  let descriptors: [OwnedDescriptor]
  /// The bytes that it keeps, inline and in sealed memory.
  private(set) var size: Int
  /// The bytes in sealed memory.
  private var memory = 0
  /// The number of envelopes in a batch that others can join; 0 for a packet that accepts no others.
  private var envelopeCount = 0

  /// Makes a packet of one encoded envelope. Nil when there is no memory for a long one.
  init?(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor]) {
    var header = envelope.stream.withUnsafeBytes { $0.loadUnaligned(as: martlet_envelope_header.self) }
    header.ports = UInt16(ports.count)
    var packet = envelope.stream
    var descriptors = ports
    // An out-of-line buffer alone is longer than a packet.
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

  /// Makes a packet of envelopes that are laid out as on the wire.
  init(envelopes: [UInt8], count: Int) {
    bytes = envelopes
    size = envelopes.count
    descriptors = []
    envelopeCount = count
  }

  /// Appends an envelope without descriptors, if this packet accepts batching and has room.
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

  /// Sends the packet; returns one of wire.h's outcomes.
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
