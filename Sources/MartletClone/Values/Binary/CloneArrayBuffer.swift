/// A JavaScript `ArrayBuffer`, fixed or resizable: the bytes that views look at.
public final class CloneArrayBuffer: CloneNode {
  private(set) var contents: BufferContents
  /// How far a resizable buffer may grow; nil for one of fixed length.
  public let maxByteLength: Int?

  /// Makes a buffer of `bytes`.
  ///
  /// - Parameters:
  ///   - bytes: The contents.
  ///   - maxByteLength: Makes the buffer resizable up to so many bytes.
  public convenience init(_ bytes: [UInt8], maxByteLength: Int? = nil) {
    self.init(.array(bytes), maxByteLength: maxByteLength)
  }

  init(_ contents: BufferContents, maxByteLength: Int?) {
    self.contents = contents
    self.maxByteLength = maxByteLength.map { Swift.max($0, contents.count) }
  }

  /// The bytes. Shared with whoever takes them until either side writes.
  ///
  /// Those of a long buffer lie where they came, and are read by the first call: what is only sent on never
  /// is. Should the system fail to read them, as when the disk that it swaps to is broken, they are zeros;
  /// `[UInt8]` as a type of a parameter makes that an error of the call.
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

  /// The length in bytes.
  public var byteLength: Int { contents.count }

  override var asValue: CloneValue { .arrayBuffer(self) }
}
