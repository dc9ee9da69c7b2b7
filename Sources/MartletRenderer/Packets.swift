// Packets that wait: on their way out because the socket is full, or come in while a synchronous call had its turn.

import CWire

let frameHeaderSize = MemoryLayout<martlet_frame_header>.size

/// A packet of its own memory, with descriptors that it owns.
final class StoredPacket {
  let bytes: UnsafeMutableRawPointer
  let count: Int
  var descriptors: [Int32]

  /// Copies `count` bytes made of `parts`; takes over `descriptors`.
  init(_ parts: [iovec], descriptors: [Int32]) {
    var count = 0
    for part in parts { count += part.iov_len }
    bytes = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1), alignment: 16)
    var offset = 0
    for part in parts where part.iov_len > 0 {
      (bytes + offset).copyMemory(from: part.iov_base, byteCount: part.iov_len)
      offset += part.iov_len
    }
    self.count = count
    self.descriptors = descriptors
  }

  deinit {
    bytes.deallocate()
    closeAll(descriptors)
  }

  /// The bytes of its frames, those in memory of their own too.
  var frameSize: Int {
    max(count, frameHeaderSize + Int(bytes.assumingMemoryBound(to: martlet_frame_header.self).pointee.length))
  }

  /// Sends it; one of wire.h's outcomes.
  func send(on socket: Int32, wait: Bool) -> Int32 {
    var part = iovec(iov_base: bytes, iov_len: count)
    return martlet_wire_send(socket, &part, 1, descriptors, descriptors.count, wait)
  }
}

func closeAll(_ descriptors: [Int32]) {
  for descriptor in descriptors { martlet_wire_close(descriptor) }
}
