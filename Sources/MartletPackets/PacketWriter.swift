// Lays out the packet of an envelope that has ports, or is too long for a packet, as wire.h specifies: each
// long buffer in sealed memory of its own, the rest in the packet or in sealed memory as well.

internal import CMartletWire

/// Makes the packet of one envelope, to which long buffers are added in order while it has room.
struct PacketWriter {
  private let head = PacketHead()
  private var buffers = Attachments()

  /// Whether another buffer can be out of line; if not, it is a part of the stream.
  var hasRoom: Bool { head.count < Int(MARTLET_BULK_LIMIT) }

  /// Copies a long buffer into sealed memory; false when the system is out of memory or descriptors.
  ///
  /// - Parameter place: The offset in the payload's stream that the buffer belongs in front of.
  mutating func add(_ buffer: iovec, at place: Int) -> Bool {
    var part = buffer
    guard let memory = Self.memory(of: &part, 1) else { return false }
    add(memory, count: buffer.iov_len, at: place)
    return true
  }

  /// Adds a buffer that is in sealed memory: it can no longer be changed, so it is passed on.
  mutating func add(_ memory: OwnedDescriptor, count: Int, at place: Int) {
    head.add(martlet_bulk(place: UInt32(place), length: UInt32(count)))
    buffers.add(memory: memory, count: count)
  }

  /// Makes the packet. Nil when the system is out of memory or descriptors.
  ///
  /// - Parameter stream: The envelope without the added buffers. The first part begins with the header.
  consuming func packet(of stream: [iovec], ports: [OwnedDescriptor]) -> OutgoingPacket? {
    var stream = stream
    head.begin(with: &stream[0], portCount: ports.count)
    let size = stream.withUnsafeBufferPointer(length)
    var parts = [head.header]
    var attachments = Attachments()
    let end = envelopeHeaderSize + size
    let isInMemory = martlet_envelope_align(end) + head.tableSize > Int(MARTLET_PACKET_LIMIT)
    if isInMemory {
      guard let memory = Self.memory(of: stream, stream.count) else { return nil }
      attachments.add(memory: memory, count: size)
    } else {
      parts += stream
    }
    if head.count > 0 { parts.append(head.table(after: isInMemory ? envelopeHeaderSize : end)) }
    head.finish(length: size, isInMemory: isInMemory)
    attachments.add(buffers)
    attachments.add(ports: ports)
    return OutgoingPacket(parts, attachments, head)
  }

  private static func memory(of parts: UnsafePointer<iovec>, _ count: Int) -> OwnedDescriptor? {
    let descriptor = martlet_wire_memory(parts, count)
    return descriptor < 0 ? nil : OwnedDescriptor(descriptor)
  }
}

/// The bytes of a packet that are not the caller's: the header, and the table of out-of-line buffers.
final class PacketHead {
  private let memory: UnsafeMutablePointer<martlet_envelope_header>
  /// Preceded by an entry of zeros, the padding in front of the table.
  private let entries: UnsafeMutablePointer<martlet_bulk>
  /// The number of out-of-line buffers.
  private(set) var count = 0

  init() {
    memory = .allocate(capacity: 1)
    entries = .allocate(capacity: 1 + Int(MARTLET_BULK_LIMIT))
    entries[0] = martlet_bulk()
  }

  deinit {
    memory.deallocate()
    entries.deallocate()
  }

  var header: iovec { iovec(iov_base: memory, iov_len: envelopeHeaderSize) }

  var tableSize: Int { count * MemoryLayout<martlet_bulk>.stride }

  func add(_ entry: martlet_bulk) {
    count += 1
    entries[count] = entry
  }

  /// Moves the header from the beginning of `part` into the packet's own memory.
  func begin(with part: inout iovec, portCount: Int) {
    memory.pointee = part.iov_base.loadUnaligned(as: martlet_envelope_header.self)
    memory.pointee.ports = UInt16(portCount)
    part.iov_base += envelopeHeaderSize
    part.iov_len -= envelopeHeaderSize
  }

  /// Completes the header.
  func finish(length: Int, isInMemory: Bool) {
    memory.pointee.length = UInt32(length)
    memory.pointee.flags =
      UInt8(isInMemory ? MARTLET_FLAG_MEMORY : 0) | UInt8(count > 0 ? MARTLET_FLAG_BULK : 0)
  }

  /// The table's bytes after `end` other bytes: padding, then the entries.
  func table(after end: Int) -> iovec {
    let padding = martlet_envelope_align(end) - end
    return iovec(
      iov_base: UnsafeMutableRawPointer(entries + 1) - padding, iov_len: padding + tableSize)
  }
}
