// Envelopes that are too long for one packet, in the form of wire.h: each long buffer in shared memory of its
// own, the rest in the packet or in shared memory as well.

internal import CMartletWire
internal import MartletClone

struct LongEnvelope {
  /// The packet's bytes, with room for the header, which is not filled in.
  private(set) var packet: [UInt8]
  /// The sealed memory that goes with the packet, in order.
  private(set) var memory: [OwnedDescriptor] = []
  /// Size of that memory in bytes.
  private(set) var memorySize = 0
  private(set) var flags: UInt8 = 0
  /// Payload length, excluding out-of-line buffers.
  let length: UInt32

  /// Nil when the system is out of memory or descriptors.
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
    // A renderer's sealed memory is passed on unchanged: it can no longer be written to.
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

/// The parts of a long envelope that came outside its packet, read from the descriptors before decoding.
struct LongBuffers {
  /// The memory with the payload; nil when the payload is in the packet.
  let bytes: Mapping?
  let apart: [CloneSegments.Bulk]

  /// - Parameter checked: An envelope that packet.h has checked, received with these `descriptors`.
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
