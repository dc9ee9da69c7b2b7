// An envelope that has a packet for itself, checked against wire.h before anything of it is used: the other
// end of a message port is another renderer, which may have sent anything.

import CMartletWire

struct IncomingEnvelope {
  let header: martlet_envelope_header
  /// The memory of the bytes after the header; nil when they are in the packet.
  let memory: Int32?
  /// The buffers that are apart, and the memory of each.
  private(set) var buffers: [(martlet_bulk, Int32)] = []
  private(set) var ports: [Int32] = []

  /// Nil when `count` bytes at `packet`, with these descriptors, are not exactly one envelope.
  init?(_ packet: UnsafeRawPointer, _ count: Int, _ descriptors: [Int32]) {
    guard count >= envelopeHeaderSize else { return nil }
    header = packet.loadUnaligned(as: martlet_envelope_header.self)
    let flags = Int(header.flags)
    let isInMemory = flags & MARTLET_FLAG_MEMORY != 0
    let hasTable = flags & MARTLET_FLAG_BULK != 0
    let length = Int(header.length)
    let first = isInMemory ? 1 : 0
    let bufferCount = descriptors.count - first - Int(header.ports)
    guard flags & ~(MARTLET_FLAG_MEMORY | MARTLET_FLAG_BULK) == 0, bufferCount >= 0,
      bufferCount <= (hasTable ? Int(MARTLET_BULK_LIMIT) : 0), length <= Int(MARTLET_BYTES_LIMIT)
    else { return nil }
    memory = isInMemory ? descriptors[0] : nil
    if isInMemory, length == 0 || !martlet_wire_memory_is_sealed(descriptors[0], length) { return nil }

    let end = envelopeHeaderSize + (isInMemory ? 0 : length)
    let table = hasTable ? martlet_envelope_align(end) : end
    guard count == table + bufferCount * MemoryLayout<martlet_bulk>.stride else { return nil }
    var place = 0
    var total = length
    for index in 0..<bufferCount {
      let entry = packet.loadUnaligned(
        fromByteOffset: table + index * MemoryLayout<martlet_bulk>.stride, as: martlet_bulk.self)
      total += Int(entry.length)
      guard Int(entry.place) >= place, Int(entry.place) <= length, entry.length > 0,
        total <= Int(MARTLET_LENGTH_LIMIT),
        martlet_wire_memory_is_sealed(descriptors[first + index], Int(entry.length))
      else { return nil }
      place = Int(entry.place)
      buffers.append((entry, descriptors[first + index]))
    }
    for port in descriptors.dropFirst(first + bufferCount) {
      guard martlet_wire_is_socket(port) else { return nil }
      ports.append(port)
    }
  }

  /// Whether there is more to it than what is in the packet.
  var isLong: Bool { memory != nil || !buffers.isEmpty }

  /// Closes its memory; the ports stay.
  func closeMemory() {
    if let memory { martlet_wire_close_memory(memory, Int(header.length)) }
    for (entry, memory) in buffers { martlet_wire_close_memory(memory, Int(entry.length)) }
  }
}
