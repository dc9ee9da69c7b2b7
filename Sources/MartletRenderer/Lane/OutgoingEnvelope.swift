// An outgoing envelope: in one packet, or, when it is too long, with sealed memory beside it, as wire.h
// specifies.

import CMartletWire

/// A packet whose bytes belong to the script until it has been sent or stored.
struct OutgoingEnvelope {
  private(set) var parts: [iovec]
  /// Owned by the sender, which closes them.
  private(set) var descriptors: [Int32]
  /// Total size in bytes, including sealed memory.
  private(set) var size: Int
  /// The bytes in sealed memory.
  private(set) var memory = 0
  /// The table of out-of-line buffers, if there are any.
  private var table: Table?

  /// Envelopes that are laid out as on the wire.
  init(envelopes: iovec) {
    parts = [envelopes]
    size = envelopes.iov_len
    descriptors = []
  }

  /// An envelope whose first part begins with the header; every second part is a long buffer. Takes over
  /// `ports`. Nil, with the ports closed, when the system is out of memory or descriptors.
  init?(_ parts: [iovec], ports: [Int32]) {
    size = length(of: parts)
    let header = parts[0].iov_base.assumingMemoryBound(to: martlet_envelope_header.self)
    header.pointee.ports = UInt16(ports.count)
    self.parts = parts
    descriptors = []
    if size > Int(MARTLET_PACKET_LIMIT), !moveToMemory(header) {
      closeAll(descriptors)
      closeAll(ports)
      return nil
    }
    for port in ports { descriptors.append(port) }
  }

  private mutating func moveToMemory(_ header: UnsafeMutablePointer<martlet_envelope_header>) -> Bool {
    var rest: [iovec] = []
    var buffers: [Int32] = []
    var place = -envelopeHeaderSize
    let table = Table()
    for (index, part) in parts.enumerated() {
      if index % 2 == 0 || buffers.count == Int(MARTLET_BULK_LIMIT) {
        rest.append(part)
        place += part.iov_len
        continue
      }
      table.add(martlet_bulk(place: UInt32(place), length: UInt32(part.iov_len)))
      memory += part.iov_len
      var part = part
      buffers.append(martlet_wire_memory(&part, 1))
    }
    header.pointee.length = UInt32(place)
    var flags = 0
    if envelopeHeaderSize + place + table.room > Int(MARTLET_PACKET_LIMIT) {
      flags |= MARTLET_FLAG_MEMORY
      rest[0].iov_base += envelopeHeaderSize
      rest[0].iov_len -= envelopeHeaderSize
      descriptors.append(martlet_wire_memory(rest, rest.count))
      memory += place
      rest = [iovec(iov_base: UnsafeMutableRawPointer(header), iov_len: envelopeHeaderSize)]
      place = 0
    }
    if !buffers.isEmpty {
      flags |= MARTLET_FLAG_BULK
      rest.append(table.bytes(after: envelopeHeaderSize + place))
      self.table = table
    }
    header.pointee.flags = UInt8(flags)
    parts = rest
    for buffer in buffers { descriptors.append(buffer) }
    for descriptor in descriptors where descriptor < 0 { return false }
    return true
  }

  /// Closes its descriptors.
  func close() { closeAll(descriptors) }

  /// A table with room for padding before it.
  private final class Table {
    private let memory = UnsafeMutablePointer<martlet_bulk>.allocate(capacity: Int(MARTLET_BULK_LIMIT) + 1)
    private var count = 0

    deinit { memory.deallocate() }

    /// The maximum size of the table in bytes.
    var room: Int { (count + 1) * MemoryLayout<martlet_bulk>.stride }

    func add(_ entry: martlet_bulk) {
      count += 1
      memory[count] = entry
    }

    /// The table's bytes after `end` other bytes: padding, then the entries.
    func bytes(after end: Int) -> iovec {
      memory[0] = martlet_bulk()
      let padding = martlet_envelope_align(end) - end
      let entries = UnsafeMutableRawPointer(memory + 1)
      return iovec(
        iov_base: entries - padding, iov_len: padding + count * MemoryLayout<martlet_bulk>.stride)
    }
  }
}

private func length(of parts: [iovec]) -> Int {
  var length = 0
  for part in parts { length += part.iov_len }
  return length
}
