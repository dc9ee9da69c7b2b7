// One packet of a frame socket on its way out.

internal import CWire
internal import StructuredClone

/// What is sent at once, with the descriptors that go with it.
struct Packet {
  private(set) var bytes: [UInt8]
  let descriptors: [OwnedDescriptor]
  /// The bytes that it keeps, here or in memory of its own.
  private(set) var size: Int
  /// Those in memory of its own.
  private var memory = 0
  /// How many frames it has that others may join; 0 for a packet to itself.
  private var frameCount = 0

  /// Makes a packet of an encoded frame. Nil when there is no memory for a long one.
  init?(_ frame: EncodedFrame, ports: [OwnedDescriptor]) {
    var header = frame.stream.withUnsafeBytes { $0.loadUnaligned(as: martlet_frame_header.self) }
    header.ports = UInt16(ports.count)
    var packet = frame.stream
    var descriptors = ports
    // A buffer that is apart is alone more than a packet holds.
    if frame.count > Int(MARTLET_PACKET_LIMIT) {
      guard let long = LongFrame(frame) else { return nil }
      header.flags = long.flags
      header.length = long.length
      packet = long.packet
      memory = long.memorySize
      descriptors.insert(contentsOf: long.memory, at: 0)
    }
    if !descriptors.isEmpty {
      packet.withUnsafeMutableBytes { $0.storeBytes(of: header, as: martlet_frame_header.self) }
    }
    bytes = packet
    size = frame.count
    self.descriptors = descriptors
  }

  /// Makes a packet of frames that are laid out as they travel.
  init(frames: [UInt8], count: Int) {
    bytes = frames
    size = frames.count
    descriptors = []
    frameCount = count
  }

  /// Adds a frame of one piece, if this packet is not for itself and has room.
  mutating func join(_ frame: [UInt8]) -> Bool {
    let begin = martlet_frame_align(bytes.count)
    guard frameCount > 0, frameCount < Int(MARTLET_BATCH_LIMIT),
      begin + frame.count <= Int(MARTLET_PACKET_LIMIT)
    else { return false }
    bytes.append(contentsOf: repeatElement(0, count: begin - bytes.count))
    bytes.append(contentsOf: frame)
    size = bytes.count
    frameCount += 1
    return true
  }

  /// Sends it; one of wire.h's outcomes.
  func send(on socket: Int32, _ flight: inout martlet_flight) -> Int {
    // Most packets have no descriptors: nothing is allocated for them.
    let numbers = descriptors.isEmpty ? [] : descriptors.map(\.number)
    defer { withExtendedLifetime(descriptors) {} }
    return bytes.withUnsafeBytes { bytes in
      var part = iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
      return Int(martlet_flight_send(&flight, memory, socket, &part, 1, numbers, numbers.count))
    }
  }
}
