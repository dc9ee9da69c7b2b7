// Packets that wait because the socket is full.

import CWire

let frameHeaderSize = MemoryLayout<martlet_frame_header>.size

/// A packet of its own memory, with descriptors that it owns.
final class StoredPacket {
  private var bytes: UnsafeMutableRawPointer
  private var count = 0
  private var capacity: Int
  private let descriptors: [Int32]
  /// The bytes in memory beside it.
  private let memory: Int
  /// The bytes of its frames, those in memory, too.
  private(set) var size = 0
  /// How many frames it has that others may join; 0 for a packet to itself.
  private var frames = 0

  /// Copies the bytes of `packet`; takes over its descriptors.
  ///
  /// - Parameter isJoinable: Whether other frames may join these.
  init(_ packet: OutgoingFrame, isJoinable: Bool = false) {
    capacity = 1
    for part in packet.parts { capacity += part.iov_len }
    bytes = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
    descriptors = packet.descriptors
    memory = packet.memory
    append(packet)
    if isJoinable { frames = countFrames() }
  }

  deinit {
    bytes.deallocate()
    closeAll(descriptors)
  }

  /// Adds a frame, if this packet is not for itself and has room.
  func join(_ packet: OutgoingFrame) -> Bool {
    let begin = martlet_frame_align(count)
    let end = begin + packet.size
    guard frames > 0, frames < Int(MARTLET_BATCH_LIMIT), end <= Int(MARTLET_PACKET_LIMIT) else {
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
    frames += 1
    return true
  }

  private func append(_ packet: OutgoingFrame) {
    for part in packet.parts where part.iov_len > 0 {
      (bytes + count).copyMemory(from: part.iov_base, byteCount: part.iov_len)
      count += part.iov_len
    }
    size += packet.size
  }

  private func countFrames() -> Int {
    var frames = 0
    var begin = 0
    while begin + frameHeaderSize <= count {
      let header = (bytes + begin).assumingMemoryBound(to: martlet_frame_header.self).pointee
      frames += 1
      begin = martlet_frame_align(begin + frameHeaderSize + Int(header.length))
    }
    return frames
  }

  /// Sends it; one of wire.h's outcomes.
  func send(on socket: Int32, _ flight: inout martlet_flight) -> Int32 {
    var part = iovec(iov_base: bytes, iov_len: count)
    return martlet_flight_send(&flight, memory, socket, &part, 1, descriptors, descriptors.count)
  }
}

func closeAll(_ descriptors: [Int32]) {
  for descriptor in descriptors { martlet_wire_close(descriptor) }
}
