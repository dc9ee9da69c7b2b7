// One packet of a frame socket on its way out: the frame's bytes, or its header beside the memory that holds them.

internal import CWire
internal import StructuredClone

/// What is sent at once, with the descriptors that go with it.
struct Packet {
  let bytes: [UInt8]
  let descriptors: [OwnedDescriptor]
  /// The bytes that it keeps, here or in memory of its own.
  let size: Int

  /// Makes a packet of an encoded frame. Nil when there is no memory for a long one.
  init?(_ frame: EncodedFrame, ports: [OwnedDescriptor]) {
    var header = frame.stream.withUnsafeBytes { $0.loadUnaligned(as: martlet_frame_header.self) }
    header.ports = UInt16(ports.count)
    var packet = frame.stream
    var descriptors = ports
    // A buffer that is not copied alone is more than a packet holds.
    if frame.count > Int(MARTLET_PACKET_LIMIT) {
      guard let memory = Self.memory(frame) else { return nil }
      header.flags |= UInt8(MARTLET_FLAG_MEMORY)
      packet = [UInt8](repeating: 0, count: Frame.headerSize) + Self.table(of: frame)
      descriptors.insert(memory, at: 0)
    }
    if !descriptors.isEmpty {
      packet.withUnsafeMutableBytes { $0.storeBytes(of: header, as: martlet_frame_header.self) }
    }
    bytes = packet
    size = frame.count
    self.descriptors = descriptors
  }

  /// Makes a packet of frames that are laid out as they travel.
  init(frames: [UInt8]) {
    bytes = frames
    size = frames.count
    descriptors = []
  }

  /// Where the long buffers of a frame lie in its memory.
  private static func table(of frame: EncodedFrame) -> [UInt8] {
    guard frame.bulk.count <= Int(MARTLET_BULK_LIMIT) else { return [] }
    var before = 0
    let table = frame.bulk.map { piece in
      defer { before += piece.contents.count }
      return martlet_bulk(
        offset: UInt32(piece.place - Frame.headerSize + before), length: UInt32(piece.contents.count))
    }
    return table.withUnsafeBytes { [UInt8]($0) }
  }

  private static func memory(_ frame: EncodedFrame) -> OwnedDescriptor? {
    let descriptor = martlet_wire_memory_begin()
    guard descriptor >= 0 else { return nil }
    let memory = OwnedDescriptor(descriptor)
    var isComplete = true
    // The header, with which the first piece begins, travels in the packet.
    var skipped = Frame.headerSize
    frame.forEachSegment { piece in
      let rest = UnsafeRawBufferPointer(rebasing: piece[skipped...])
      skipped = 0
      guard isComplete, let base = rest.baseAddress else { return }
      isComplete = martlet_wire_memory_append(descriptor, base, rest.count)
    }
    return isComplete && martlet_wire_memory_seal(descriptor) ? memory : nil
  }

  /// Sends it; one of wire.h's outcomes.
  func send(on socket: Int32) -> Int {
    // Most packets have no descriptors: nothing is allocated for them.
    let numbers = descriptors.isEmpty ? [] : descriptors.map(\.number)
    defer { withExtendedLifetime(descriptors) {} }
    return bytes.withUnsafeBytes { bytes in
      var part = iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
      return Int(martlet_wire_send(socket, &part, 1, numbers, numbers.count, false))
    }
  }
}
