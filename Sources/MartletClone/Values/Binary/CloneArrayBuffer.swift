/// A JavaScript `ArrayBuffer`, fixed or resizable: the bytes that views refer to.
public final class CloneArrayBuffer: CloneNode {
  private(set) var contents: BufferContents
  /// Maximum length in bytes of a resizable buffer; nil for one of fixed length.
  public let maxByteLength: Int?

  /// Makes a buffer of `bytes`.
  ///
  /// - Parameters:
  ///   - bytes: The contents.
  ///   - maxByteLength: Maximum length in bytes, which makes the buffer resizable; nil for a fixed length.
  public convenience init(_ bytes: [UInt8], maxByteLength: Int? = nil) {
    self.init(.array(bytes), maxByteLength: maxByteLength)
  }

  init(_ contents: BufferContents, maxByteLength: Int?) {
    self.contents = contents
    self.maxByteLength = maxByteLength.map { Swift.max($0, contents.count) }
  }

  /// The bytes, copied on write.
  ///
  /// A long buffer stays in the memory that it was received in until the first access; a buffer that is only
  /// forwarded is never read. When the system fails to read that memory, for example after a failure of its
  /// swap disk, the bytes are zeros. With a parameter of type `[UInt8]` that failure is an error of the call
  /// instead.
  public var bytes: [UInt8] {
    get { readBytes() ?? contents.bytes }
    _modify {
      var bytes = self.bytes
      contents = .array([])
      defer { contents = .array(bytes) }
      yield &bytes
    }
  }

  /// The bytes; nil when the system cannot read them.
  func readBytes() -> [UInt8]? {
    if case .array(let bytes) = contents { return bytes }
    guard let bytes = contents.read(in: 0..<contents.count) else { return nil }
    contents = .array(bytes)
    return bytes
  }

  /// Length in bytes.
  public var byteLength: Int { contents.count }

  override var asValue: CloneValue { .arrayBuffer(self) }
}
