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
    package static let preloadError = Kind(MARTLET_FRAME_PRELOAD_ERROR)
    package static let domReady = Kind(MARTLET_FRAME_DOM_READY)
    package static let painted = Kind(MARTLET_FRAME_PAINTED)
    package static let evaluated = Kind(MARTLET_FRAME_EVALUATED)

    // Main to renderer.
    package static let message = Kind(MARTLET_FRAME_MESSAGE)
    package static let reply = Kind(MARTLET_FRAME_REPLY)
    package static let evaluate = Kind(MARTLET_FRAME_EVALUATE)

    init(_ constant: some BinaryInteger) { number = UInt8(constant) }

    init(number: UInt8) { self.number = number }
  }

  package let kind: Kind
  /// Pairs a reply with its call; 0 where there is nothing to pair.
  package let call: UInt32
  /// The frame's place in its document's order of calls, from 1. Frames to a renderer carry 0.
  package let sequence: UInt32
  package let value: CloneValue

  static let headerSize = MemoryLayout<martlet_frame_header>.size

  /// Parses and decodes a whole frame.
  ///
  /// - Throws: `FrameError` when the bytes are not one frame of a known version, or hold no decodable value.
  @MainActor package init(bytes: [UInt8]) throws(FrameError) {
    guard bytes.count >= Frame.headerSize else { throw FrameError("\(bytes.count) bytes are no frame") }
    let header = bytes.withUnsafeBytes { $0.loadUnaligned(as: martlet_frame_header.self) }
    guard header.length == UInt32(exactly: bytes.count - Frame.headerSize) else {
      throw FrameError("a header that says \(header.length) bytes before \(bytes.count - Frame.headerSize)")
    }
    guard header.reserved == 0, header.flags == 0 else { throw FrameError("a header with unknown flags") }
    kind = Kind(number: header.kind)
    call = header.call
    sequence = header.sequence
    do {
      value = try CycleCollector.shared.decode(bytes.span.bytes.extracting(Frame.headerSize...))
    } catch {
      throw FrameError("a payload that cannot be decoded: \(error)")
    }
  }

  /// The bytes of a frame to a renderer.
  ///
  /// - Throws: `CloneError` when `value` cannot be cloned; nothing has been sent then.
  package static func encode(_ kind: Kind, call: UInt32 = 0, _ value: CloneValue) throws(CloneError)
    -> [UInt8]
  {
    var hasCycles = false
    return try encode(kind, call: call, value, hasCycles: &hasCycles)
  }

  /// The bytes of a frame to a renderer, and whether `value` contains itself.
  static func encode(
    _ kind: Kind, call: UInt32, _ value: CloneValue, hasCycles: inout Bool
  ) throws(CloneError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: headerSize)
    try CloneCodec.encode(value, into: &bytes, hasCycles: &hasCycles)
    guard let length = UInt32(exactly: bytes.count - headerSize) else {
      throw CloneError.notCloneable("\(bytes.count) bytes, more than a frame can hold")
    }
    let header = martlet_frame_header(
      kind: kind.number, flags: 0, reserved: 0, call: call, sequence: 0, length: length)
    bytes.withUnsafeMutableBytes { $0.storeBytes(of: header, as: martlet_frame_header.self) }
    return bytes
  }
}

/// Bytes from a renderer that are not a frame.
package struct FrameError: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
