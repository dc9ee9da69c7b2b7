// One packet of a frame socket on its way out: the frame's bytes, or its header beside the memory that holds them.

internal import CWire

/// What is sent at once, with the descriptors that go with it.
struct Packet {
  let bytes: [UInt8]
  let descriptors: [OwnedDescriptor]
  /// The bytes that it keeps, here or in memory of its own.
  let size: Int

  /// Makes a packet of an encoded frame. Nil when there is no memory for a long one.
  init?(_ frame: [UInt8], ports: [OwnedDescriptor]) {
    var header = frame.withUnsafeBytes { $0.loadUnaligned(as: martlet_frame_header.self) }
    header.ports = UInt16(ports.count)
    var packet = frame
    var descriptors = ports
    if frame.count > Int(MARTLET_PACKET_LIMIT) {
      guard let memory = Self.memory(frame) else { return nil }
      header.flags |= UInt8(MARTLET_FLAG_MEMORY)
      packet = [UInt8](repeating: 0, count: Frame.headerSize)
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

  private static func memory(_ frame: [UInt8]) -> OwnedDescriptor? {
    let descriptor = frame.withUnsafeBytes { frame in
      var part = iovec(
        iov_base: UnsafeMutableRawPointer(mutating: frame.baseAddress! + Frame.headerSize),
        iov_len: frame.count - Frame.headerSize)
      return martlet_wire_memory(&part, 1)
    }
    return descriptor < 0 ? nil : OwnedDescriptor(descriptor)
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
