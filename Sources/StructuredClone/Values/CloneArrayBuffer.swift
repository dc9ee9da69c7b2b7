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
  /// Those of a long buffer lie where they came, and are read by the first call: what is only sent on never is.
  public var bytes: [UInt8] {
    get {
      if case .array(let bytes) = contents { return bytes }
      let bytes = contents.bytes
      contents = .array(bytes)
      return bytes
    }
    _modify {
      var bytes = self.bytes
      contents = .array([])
      defer { contents = .array(bytes) }
      yield &bytes
    }
  }

  /// The length in bytes.
  public var byteLength: Int { contents.count }

  override var asValue: CloneValue { .arrayBuffer(self) }
}
