// An envelope that is too long for a packet, as wire.h has it travel: long buffers each in memory of their
// own, the rest in the packet, or in memory as well.

internal import CMartletWire
internal import MartletClone

struct LongEnvelope {
  /// What the packet holds, with room for the header, which is not filled in.
  private(set) var packet: [UInt8]
  /// The memory that goes with it, in its order.
  private(set) var memory: [OwnedDescriptor] = []
  /// The bytes of that memory.
  private(set) var memorySize = 0
  private(set) var flags: UInt8 = 0
  /// Bytes after the header, without those of the buffers.
  let length: UInt32

  /// Nil when the system has no memory or no descriptors.
  init?(_ envelope: EncodedEnvelope) {
    var envelope = envelope
    envelope.keepApart(Int(MARTLET_BULK_LIMIT))
    packet = envelope.stream
    length = UInt32(packet.count - Envelope.headerSize)
    let table = envelope.bulk.map {
      martlet_bulk(place: UInt32($0.place - Envelope.headerSize), length: UInt32($0.contents.count))
    }
    let room = martlet_envelope_align(packet.count) + table.count * MemoryLayout<martlet_bulk>.stride
    if room > Int(MARTLET_PACKET_LIMIT) {
      guard let rest = Self.memory(packet[Envelope.headerSize...]) else { return nil }
      memory.append(rest)
      memorySize += packet.count - Envelope.headerSize
      flags |= UInt8(MARTLET_FLAG_MEMORY)
      packet.removeLast(packet.count - Envelope.headerSize)
    }
    guard !table.isEmpty else { return }
    flags |= UInt8(MARTLET_FLAG_BULK)
    for buffer in envelope.bulk {
      guard let descriptor = Self.memory(of: buffer.contents) else { return nil }
      memory.append(descriptor)
      memorySize += buffer.contents.count
    }
    packet += repeatElement(0, count: martlet_envelope_align(packet.count) - packet.count)
    table.withUnsafeBytes { packet += $0 }
  }

  private static func memory(of buffer: BufferContents) -> OwnedDescriptor? {
    switch buffer {
    case .array(let bytes): memory(bytes[...])
    // What came from a renderer goes on as it is: nobody can change it any more.
    case .memory(let memory): (memory as? SealedMemory)?.owned
    }
  }

  private static func memory(_ bytes: ArraySlice<UInt8>) -> OwnedDescriptor? {
    let descriptor = bytes.withUnsafeBytes { bytes in
      var part = iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
      return martlet_wire_memory(&part, 1)
    }
    return descriptor < 0 ? nil : OwnedDescriptor(descriptor)
  }
}

/// What of a long envelope came beside its packet's bytes: read from the descriptors before anything is
/// decoded.
struct LongBuffers {
  /// The memory of the bytes after the header; nil when they are in the packet.
  let bytes: Mapping?
  let apart: [CloneSegments.Bulk]

  /// - Parameter checked: An envelope that has passed packet.h, which came with these `descriptors`.
  init(_ checked: martlet_envelope, _ descriptors: [OwnedDescriptor]) throws(EnvelopeError) {
    if checked.bytes == nil {
      let length = Int(checked.header.length)
      bytes = Mapping(descriptors[0], length: length)
      if bytes == nil { throw EnvelopeError("\(length) bytes of memory that cannot be mapped") }
    } else {
      bytes = nil
    }
    let table = UnsafeBufferPointer(start: checked.buffers, count: checked.buffer_count)
    var apart: [CloneSegments.Bulk] = []
    for (entry, memory) in zip(table, descriptors[checked.first_buffer...]) {
      guard let contents = SealedMemory(memory, count: Int(entry.length)).contents else {
        throw EnvelopeError("\(entry.length) bytes of memory that cannot be read")
      }
      apart.append(CloneSegments.Bulk(place: Int(entry.place), contents: contents))
    }
    self.apart = apart
  }
}
