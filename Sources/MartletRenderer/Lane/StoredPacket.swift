// Queued packets: the socket is full.

import CMartletWire

let envelopeHeaderSize = Int(MARTLET_HEADER_SIZE)

/// A packet with memory and descriptors of its own.
final class StoredPacket {
  private var bytes: UnsafeMutableRawPointer
  private var count = 0
  private var capacity: Int
  private let descriptors: [Int32]
  /// The bytes in sealed memory.
  private let memory: Int
  /// The bytes of its envelopes, including sealed memory.
  private(set) var size = 0
  /// The number of envelopes in a batch that others can join; 0 for a packet that accepts no others.
  private var envelopes = 0

  /// Copies the bytes of `packet`; takes over its descriptors.
  ///
  /// - Parameter isJoinable: Whether the packet accepts further envelopes.
  init(_ packet: OutgoingEnvelope, isJoinable: Bool = false) {
    capacity = 1
    for part in packet.parts { capacity += part.iov_len }
    bytes = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
    descriptors = packet.descriptors
    memory = packet.memory
    append(packet)
    if isJoinable { envelopes = countEnvelopes() }
  }

  deinit {
    bytes.deallocate()
    closeAll(descriptors)
  }

  /// Appends an envelope, if this packet accepts batching and has room.
  func join(_ packet: OutgoingEnvelope) -> Bool {
    let begin = martlet_envelope_align(count)
    let end = begin + packet.size
    guard envelopes > 0, envelopes < Int(MARTLET_BATCH_LIMIT), end <= Int(MARTLET_PACKET_LIMIT) else {
      return false
    }
    if end > capacity {
      capacity = min(2 * end, Int(MARTLET_PACKET_LIMIT))
      let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
      larger.copyMemory(from: bytes, byteCount: count)
      bytes.deallocate()
      bytes = larger
    }
    (bytes + count).initializeMemory(as: UInt8.self, repeating: 0, count: begin - count)
    count = begin
    append(packet)
    envelopes += 1
    return true
  }

  private func append(_ packet: OutgoingEnvelope) {
    for part in packet.parts where part.iov_len > 0 {
      (bytes + count).copyMemory(from: part.iov_base, byteCount: part.iov_len)
      count += part.iov_len
    }
    size += packet.size
  }

  private func countEnvelopes() -> Int {
    var envelopes = 0
    var begin = 0
    while begin + envelopeHeaderSize <= count {
      let header = (bytes + begin).assumingMemoryBound(to: martlet_envelope_header.self).pointee
      envelopes += 1
      begin = martlet_envelope_align(begin + envelopeHeaderSize + Int(header.length))
    }
    return envelopes
  }

  /// Sends the packet; returns one of wire.h's outcomes.
  func send(on socket: Int32, _ flight: inout martlet_flight) -> Int32 {
    var part = iovec(iov_base: bytes, iov_len: count)
    return martlet_flight_send(&flight, memory, socket, &part, 1, descriptors, descriptors.count)
  }
}

func closeAll(_ descriptors: [Int32]) {
  for descriptor in descriptors { martlet_wire_close(descriptor) }
}
