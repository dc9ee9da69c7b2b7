// The frame of wire.h, in Swift: a fixed header, then V8-serialized values. Whatever comes from a renderer is
// checked here before anything looks at it.

internal import CWire
package import StructuredClone

/// One message between the main process and a document.
package struct Frame {
  /// What a frame is for; the numbers are wire.h's.
  package struct Kind: Hashable, Sendable {
    package let number: UInt8

    // Renderer to main.
    package static let send = Kind(MARTLET_FRAME_SEND)
    package static let invoke = Kind(MARTLET_FRAME_INVOKE)
    package static let sendSync = Kind(MARTLET_FRAME_SEND_SYNC)
    package static let postMessage = Kind(MARTLET_FRAME_POST_MESSAGE)
    package static let preloadError = Kind(MARTLET_FRAME_PRELOAD_ERROR)
    package static let domReady = Kind(MARTLET_FRAME_DOM_READY)
    package static let painted = Kind(MARTLET_FRAME_PAINTED)
    package static let evaluated = Kind(MARTLET_FRAME_EVALUATED)
    package static let visibility = Kind(MARTLET_FRAME_VISIBILITY)
    package static let loaded = Kind(MARTLET_FRAME_LOADED)
    package static let gone = Kind(MARTLET_FRAME_GONE)
    package static let leaving = Kind(MARTLET_FRAME_LEAVING)
    package static let opened = Kind(MARTLET_FRAME_OPENED)

    // Main to renderer.
    package static let message = Kind(MARTLET_FRAME_MESSAGE)
    package static let reply = Kind(MARTLET_FRAME_REPLY)
    package static let evaluate = Kind(MARTLET_FRAME_EVALUATE)

    // Between the ends of a port.
    package static let portMessage = Kind(MARTLET_FRAME_PORT_MESSAGE)

    init(_ constant: some BinaryInteger) { number = UInt8(constant) }

    init(number: UInt8) { self.number = number }
  }

  package let kind: Kind
  /// Pairs a reply with its call; 0 where there is nothing to pair.
  package let call: UInt32
  /// The frame's place in its document's order of calls, from 1. Frames to a renderer carry 0.
  package let sequence: UInt32
  package let value: CloneValue
  /// About how many bytes of memory the value keeps for as long as somebody holds it.
  package let footprint: Int

  /// How many ports may come with a frame.
  package static let portLimit = Int(MARTLET_PORT_LIMIT)

  static let headerSize = MemoryLayout<martlet_frame_header>.size

  /// The ports that came with it, each a socket.
  package let ports: [OwnedDescriptor]

  /// Parses and decodes a whole frame that came without ports.
  ///
  /// - Throws: `FrameError` when the bytes are not one frame of a known version, or hold no decodable value.
  @MainActor package init(bytes: [UInt8]) throws(FrameError) {
    self = try bytes.span.bytes.withUnsafeBytes { (bytes) throws(FrameError) in
      try Frame(packet: bytes, descriptors: [])
    }
  }

  /// Parses and decodes what came in one packet: the first frame, and `others`, to which those after it are added.
  ///
  /// - Throws: As `init(bytes:)`, and when the descriptors are not those that the header tells of.
  @MainActor static func first(
    in packet: UnsafeRawBufferPointer, descriptors: [OwnedDescriptor], others: inout [Frame]
  ) throws(FrameError) -> Frame {
    /// The end of a frame that others follow; nil where there is none.
    func endOfFrame(at offset: Int) -> Int? {
      guard packet.count - offset >= headerSize else { return nil }
      let header = packet.loadUnaligned(fromByteOffset: offset, as: martlet_frame_header.self)
      let end = offset + headerSize + Int(header.length)
      // What has descriptors has the packet for itself, and is checked as a whole.
      return header.flags == 0 && header.ports == 0 && end < packet.count ? end : nil
    }
    guard descriptors.isEmpty, var end = endOfFrame(at: 0) else {
      return try Frame(packet: packet, descriptors: descriptors)
    }
    let first = try Frame(packet: UnsafeRawBufferPointer(rebasing: packet[..<end]), descriptors: [])
    var count = 1
    while true {
      let begin = martlet_frame_align(end)
      count += 1
      guard begin < packet.count, count <= Int(MARTLET_BATCH_LIMIT) else {
        throw FrameError("\(packet.count - end) bytes after the frames of a packet")
      }
      let next = endOfFrame(at: begin)
      let bytes = UnsafeRawBufferPointer(rebasing: packet[begin..<(next ?? packet.count)])
      others.append(try Frame(packet: bytes, descriptors: []))
      guard let next else { return first }
      end = next
    }
  }

  /// Parses and decodes a frame that has a packet, or a part of one, for itself.
  @MainActor private init(
    packet: UnsafeRawBufferPointer, descriptors: [OwnedDescriptor]
  ) throws(FrameError) {
    guard packet.count >= Frame.headerSize else { throw FrameError("\(packet.count) bytes are no frame") }
    let header = packet.loadUnaligned(as: martlet_frame_header.self)
    kind = Kind(number: header.kind)
    call = header.call
    sequence = header.sequence
    let flags = Int(header.flags)
    guard flags & ~(MARTLET_FLAG_MEMORY | MARTLET_FLAG_BULK) == 0 else {
      throw FrameError("a header with unknown flags")
    }
    let buffers = flags & MARTLET_FLAG_BULK == 0 ? 0...0 : 1...Int(MARTLET_BULK_LIMIT)
    let others = flags & MARTLET_FLAG_MEMORY == 0 ? 0 : 1
    let memory = descriptors.dropLast(Int(header.ports))
    guard descriptors.count >= header.ports, buffers.contains(memory.count - others) else {
      throw FrameError("a header that says \(header.ports) ports before \(descriptors.count) descriptors")
    }
    ports = Array(descriptors[memory.count...])
    guard ports.allSatisfy(\.isSocket) else { throw FrameError("a port that is no socket") }
    let payload = UnsafeRawBufferPointer(rebasing: packet[Frame.headerSize...])
    if flags != 0 {
      (value, footprint) = try Self.value(payload, header, memory)
    } else if header.length == UInt32(exactly: payload.count) {
      (value, footprint) = try Self.value(payload)
    } else {
      throw FrameError("a header that says \(header.length) bytes before \(payload.count)")
    }
  }

  /// The value of a frame with `memory` beside what its packet has after the `header`.
  @MainActor private static func value(
    _ payload: UnsafeRawBufferPointer, _ header: martlet_frame_header, _ memory: ArraySlice<OwnedDescriptor>
  ) throws(FrameError) -> (CloneValue, footprint: Int) {
    let length = Int(header.flags) & MARTLET_FLAG_MEMORY != 0 ? 0 : Int(header.length)
    let hasTable = Int(header.flags) & MARTLET_FLAG_BULK != 0
    let end = hasTable ? martlet_frame_align(headerSize + length) - headerSize : length
    guard end <= payload.count else {
      throw FrameError("a header that says \(header.length) bytes before \(payload.count)")
    }
    let table = UnsafeRawBufferPointer(rebasing: payload[end...])
    let long = try LongFrameParts(header, table, memory)
    // Sealed memory cannot change or shrink under the decoder, so it is read where it lies.
    let bytes = long.bytes?.bytes ?? UnsafeRawBufferPointer(rebasing: payload[..<length])
    defer { withExtendedLifetime(long) {} }
    return try value(bytes, apart: long.apart)
  }

  @MainActor private static func value(
    _ bytes: UnsafeRawBufferPointer, apart: [CloneSegments.Bulk] = []
  ) throws(FrameError) -> (CloneValue, footprint: Int) {
    if bytes.isEmpty, apart.isEmpty { return (.undefined, 0) }
    do {
      var valueCount = 0
      let value = try CycleCollector.shared.decode(bytes.bytes, apart: apart, valueCount: &valueCount)
      let size = apart.reduce(bytes.count) { $0 + $1.contents.count }
      return (value, size + valueCount * bytesPerValue)
    } catch {
      throw FrameError("a payload that cannot be decoded: \(error)")
    }
  }

  /// What a value takes beside its bytes: 24 in an array, some hundred as an object.
  private static let bytesPerValue = 64

  /// The bytes of a frame to a renderer.
  ///
  /// - Throws: `CloneError` when `value` cannot be cloned; nothing has been sent then.
  package static func encode(_ kind: Kind, call: UInt32 = 0, _ value: CloneValue) throws(CloneError)
    -> EncodedFrame
  {
    var hasCycles = false
    return try encode(kind, call: call, value, hasCycles: &hasCycles)
  }

  /// The bytes of a frame to a renderer, and whether `value` contains itself.
  static func encode(
    _ kind: Kind, call: UInt32, _ value: CloneValue, hasCycles: inout Bool
  ) throws(CloneError) -> EncodedFrame {
    var frame = EncodedFrame([UInt8](repeating: 0, count: headerSize))
    try CloneCodec.encode(value, into: &frame, hasCycles: &hasCycles)
    let length = frame.count - headerSize
    guard length <= Int(MARTLET_LENGTH_LIMIT),
      frame.countApart(from: Int(MARTLET_BULK_LIMIT)) - headerSize <= Int(MARTLET_BYTES_LIMIT)
    else {
      throw CloneError.tooLong(
        "\(length) bytes: a message has 1 GiB at most, and 256 MiB without its first 64 buffers of 64 KiB and more"
      )
    }
    let header = martlet_frame_header(
      kind: kind.number, flags: 0, ports: 0, call: call, sequence: 0, length: UInt32(length))
    frame.withUnsafeMutableBytes { $0.storeBytes(of: header, as: martlet_frame_header.self) }
    return frame
  }
}

/// A frame on its way to a renderer: its header, and its value, whose long buffers are not copied.
package typealias EncodedFrame = CloneSegments

/// Bytes from a renderer that are not a frame.
package struct FrameError: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
