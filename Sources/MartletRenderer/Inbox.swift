// What lies in a document's inbox: one packet, and behind it how much of it there is.

import CWire

struct Inbox {
  /// Room for one packet and its length.
  let memory: UnsafeMutableRawPointer

  /// Says how many bytes of the packet are there for the script.
  func setLength(_ length: Int) {
    (memory + Int(MARTLET_PACKET_LIMIT)).storeBytes(of: UInt32(length), as: UInt32.self)
  }

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
}
