// The long buffers of envelopes that are too long for one packet, in the form of wire.h: each in sealed
// memory of its own.

internal import CMartletWire
internal import MartletClone

extension PacketWriter {
  /// Adds an out-of-line buffer; false when the system is out of memory or descriptors.
  mutating func add(_ buffer: CloneSegments.Bulk) -> Bool {
    let place = buffer.place - envelopeHeaderSize
    switch buffer.contents {
    case .array(let bytes):
      return bytes.withUnsafeBytes { add(iovec($0), at: place) }
    // A renderer's sealed memory is passed on unchanged.
    case .memory(let memory):
      guard let memory = memory as? SealedMemory else { return false }
      add(memory.owned, count: memory.count, at: place)
      return true
    }
  }
}

extension EncodedEnvelope {
  /// Calls `body` with the memory of the stream, for a packet.
  func withStream(_ body: (iovec) throws(SendError) -> Void) throws(SendError) {
    try stream.span.bytes.withUnsafeBytes { (bytes) throws(SendError) in try body(iovec(bytes)) }
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
      if bytes == nil { throw EnvelopeError("\(length) bytes of sealed memory cannot be mapped") }
    } else {
      bytes = nil
    }
    let table = UnsafeBufferPointer(start: checked.buffers, count: checked.buffer_count)
    var apart: [CloneSegments.Bulk] = []
    for (entry, memory) in zip(table, descriptors[checked.first_buffer...]) {
      guard let contents = SealedMemory(memory, count: Int(entry.length)).contents else {
        throw EnvelopeError("\(entry.length) bytes of sealed memory cannot be read")
      }
      apart.append(CloneSegments.Bulk(place: Int(entry.place), contents: contents))
    }
    self.apart = apart
  }
}
