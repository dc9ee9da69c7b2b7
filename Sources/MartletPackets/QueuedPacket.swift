// A packet that waits for room in its socket.

internal import CMartletWire

/// A packet with memory of its own.
struct QueuedPacket {
  private var bytes: [UInt8]
  private let attachments: Attachments
  /// The number of envelopes in a batch that others can join; 0 for a packet that accepts no others.
  private var envelopeCount: Int

  /// Copies the packet of one envelope.
  ///
  /// - Parameter isJoinable: Whether it accepts further envelopes.
  init(_ parts: UnsafeBufferPointer<iovec>, _ attachments: Attachments, isJoinable: Bool) {
    bytes = []
    bytes.reserveCapacity(length(of: parts))
    self.attachments = attachments
    envelopeCount = isJoinable && attachments.isEmpty ? 1 : 0
    append(parts)
  }

  /// Copies envelopes that are laid out as on the wire; accepts further ones.
  init(batch: iovec) {
    bytes = [UInt8](UnsafeRawBufferPointer(start: batch.iov_base, count: batch.iov_len))
    attachments = Attachments()
    envelopeCount = 0
    var begin = 0
    while begin + envelopeHeaderSize <= bytes.count {
      let header = bytes.withUnsafeBytes {
        $0.loadUnaligned(fromByteOffset: begin, as: martlet_envelope_header.self)
      }
      envelopeCount += 1
      begin = martlet_envelope_align(begin + envelopeHeaderSize + Int(header.length))
    }
  }

  /// The bytes that it keeps, inline and in sealed memory.
  var size: Int { bytes.count + attachments.memory }

  /// Appends an envelope without descriptors, if this packet accepts batching and has room.
  mutating func join(_ envelope: UnsafeBufferPointer<iovec>) -> Bool {
    let begin = martlet_envelope_align(bytes.count)
    guard envelopeCount > 0, envelopeCount < Int(MARTLET_BATCH_LIMIT),
      begin + length(of: envelope) <= Int(MARTLET_PACKET_LIMIT)
    else { return false }
    bytes.append(contentsOf: repeatElement(0, count: begin - bytes.count))
    append(envelope)
    envelopeCount += 1
    return true
  }

  private mutating func append(_ parts: UnsafeBufferPointer<iovec>) {
    for part in parts {
      bytes.append(contentsOf: UnsafeRawBufferPointer(start: part.iov_base, count: part.iov_len))
    }
  }

  /// Sends the packet; returns one of wire.h's outcomes.
  func send(on socket: OwnedDescriptor, _ flight: inout martlet_flight) -> Int32 {
    bytes.withUnsafeBytes { bytes in
      withUnsafePointer(to: iovec(bytes)) {
        attachments.send(with: UnsafeBufferPointer(start: $0, count: 1), on: socket, &flight)
      }
    }
  }
}
