// The frame of wire.h, in Swift: a fixed header, then V8-serialized values. Whatever comes from a renderer is
// checked here before anything looks at it.

internal import CWire
public import StructuredClone

/// One message between the main process and a document.
public struct Frame {
  /// What a frame is for; the numbers are wire.h's.
  public struct Kind: Hashable, Sendable {
    public let number: UInt8

    // Renderer to main.
    public static let send = Kind(MARTLET_FRAME_SEND)
    public static let invoke = Kind(MARTLET_FRAME_INVOKE)
    public static let sendSync = Kind(MARTLET_FRAME_SEND_SYNC)
    public static let preloadError = Kind(MARTLET_FRAME_PRELOAD_ERROR)
    public static let domReady = Kind(MARTLET_FRAME_DOM_READY)
    public static let painted = Kind(MARTLET_FRAME_PAINTED)
    public static let evaluated = Kind(MARTLET_FRAME_EVALUATED)

    // Main to renderer.
    public static let message = Kind(MARTLET_FRAME_MESSAGE)
    public static let reply = Kind(MARTLET_FRAME_REPLY)
    public static let evaluate = Kind(MARTLET_FRAME_EVALUATE)

    init(_ constant: some BinaryInteger) { number = UInt8(constant) }

    init(number: UInt8) { self.number = number }
  }

  public let kind: Kind
  /// Pairs a reply with its call; 0 where there is nothing to pair.
  public let call: UInt32
  /// The frame's place in its document's order of calls, from 1. Frames to a renderer carry 0.
  public let sequence: UInt32
  public let value: CloneValue

  static let headerSize = MemoryLayout<martlet_frame_header>.size

  /// Parses and decodes a whole frame.
  ///
  /// - Throws: `FrameError` when the bytes are not one frame of a known version, or hold no decodable value.
  public init(bytes: [UInt8]) throws(FrameError) {
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
      value = try bytes.withUnsafeBytes { (all) throws(CloneError) in
        try CloneCodec.decode(UnsafeRawBufferPointer(rebasing: all[Frame.headerSize...]))
      }
    } catch {
      throw FrameError("a payload that cannot be decoded: \(error)")
    }
  }

  /// The bytes of a frame to a renderer.
  ///
  /// - Throws: `CloneError` when `value` cannot be cloned; nothing has been sent then.
  public static func encode(_ kind: Kind, call: UInt32 = 0, _ value: CloneValue) throws(CloneError) -> [UInt8]
  {
    var bytes = [UInt8](repeating: 0, count: headerSize)
    try CloneCodec.encode(value, into: &bytes)
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
public struct FrameError: Error, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
