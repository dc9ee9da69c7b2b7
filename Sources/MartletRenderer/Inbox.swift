// What lies in a document's inbox, and whether it is what it must be: the other end of a message port is another
// renderer, which may have sent anything.

import CWire

struct Inbox {
  /// Room for one packet.
  let memory: UnsafeMutableRawPointer

  /// The header of the packet's first frame.
  var header: UnsafeMutablePointer<martlet_frame_header> {
    memory.assumingMemoryBound(to: martlet_frame_header.self)
  }

  /// Whether a packet of `count` bytes, without descriptors, is frames, one after the other. Says in each which channel
  /// it has come on.
  func holdsFrames(_ count: Int, from channel: Int32) -> Bool {
    var begin = 0
    var frames = 0
    while true {
      guard count - begin >= frameHeaderSize, frames < Int(MARTLET_BATCH_LIMIT) else { return false }
      frames += 1
      let header = (memory + begin).assumingMemoryBound(to: martlet_frame_header.self)
      guard header.pointee.flags == 0, header.pointee.ports == 0,
        Int(header.pointee.length) <= count - begin - frameHeaderSize
      else { return false }
      header.pointee.sequence = UInt32(bitPattern: channel)
      let end = begin + frameHeaderSize + Int(header.pointee.length)
      if end == count { return true }
      begin = martlet_frame_align(end)
    }
  }

  /// Whether a packet of `count` bytes is a whole frame with the descriptors that it tells of.
  func holdsFrame(_ count: Int, _ descriptors: [Int32]) -> Bool {
    guard count >= frameHeaderSize else { return false }
    let header = header.pointee
    let length = Int(header.length)
    let isInMemory = Int(header.flags) == MARTLET_FLAG_MEMORY
    guard header.flags == 0 || isInMemory, descriptors.count == Int(header.ports) + (isInMemory ? 1 : 0)
    else {
      return false
    }
    for port in descriptors.dropFirst(isInMemory ? 1 : 0) where !martlet_wire_is_socket(port) { return false }
    guard isInMemory else { return count == frameHeaderSize + length }
    return length > 0 && length <= Int(MARTLET_LENGTH_LIMIT)
      && holdsTable(count - frameHeaderSize, within: length)
      && martlet_wire_memory_is_sealed(descriptors[0], length)
  }

  /// The table of long buffers, of `size` bytes, that follows the header.
  func table(of size: Int) -> [martlet_bulk] {
    var entries: [martlet_bulk] = []
    for index in 0..<(size / MemoryLayout<martlet_bulk>.size) { entries.append(entry(index)) }
    return entries
  }

  private func entry(_ index: Int) -> martlet_bulk {
    (memory + frameHeaderSize).assumingMemoryBound(to: martlet_bulk.self)[index]
  }

  /// Whether `count` bytes after the header are a table of buffers that lie, one after the other, in `length` bytes.
  private func holdsTable(_ count: Int, within length: Int) -> Bool {
    let size = MemoryLayout<martlet_bulk>.size
    guard count % size == 0, count / size <= Int(MARTLET_BULK_LIMIT) else { return false }
    var begin = 0
    for index in 0..<(count / size) {
      let entry = entry(index)
      guard entry.length > 0, Int(entry.offset) >= begin, Int(entry.offset) + Int(entry.length) <= length
      else {
        return false
      }
      begin = Int(entry.offset) + Int(entry.length)
    }
    return true
  }
}
