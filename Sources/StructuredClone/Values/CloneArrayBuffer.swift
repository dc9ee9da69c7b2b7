/// A JavaScript `ArrayBuffer`, fixed or resizable: the bytes that views look at.
public final class CloneArrayBuffer: CloneNode {
  /// The bytes. Shared with whoever takes them until either side writes.
  public var bytes: [UInt8]
  /// How far a resizable buffer may grow; nil for one of fixed length.
  public let maxByteLength: Int?

  /// Makes a buffer of `bytes`.
  ///
  /// - Parameters:
  ///   - bytes: The contents.
  ///   - maxByteLength: Makes the buffer resizable up to so many bytes.
  public init(_ bytes: [UInt8], maxByteLength: Int? = nil) {
    self.bytes = bytes
    self.maxByteLength = maxByteLength.map { Swift.max($0, bytes.count) }
  }

  /// The length in bytes.
  public var byteLength: Int { bytes.count }

  override var asValue: CloneValue { .arrayBuffer(self) }
}
