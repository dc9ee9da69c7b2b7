/// An encoded value whose long buffers are not copied: what stands in its stream, and what belongs in between.
package struct CloneSegments {
  /// Contents of a buffer, to be put in front of the byte at `place` of the stream.
  package struct Bulk {
    package let place: Int
    package let contents: BufferContents
  }

  /// Buffers of as many bytes are not copied.
  package static let bulkSize = 64 * 1024

  /// The stream without the contents of long buffers.
  package internal(set) var stream: [UInt8]
  package internal(set) var bulk: [Bulk] = []

  /// Makes one that begins with `bytes`.
  package init(_ bytes: [UInt8]) { stream = bytes }

  /// The length of all of it.
  package var count: Int { bulk.reduce(stream.count) { $0 + $1.contents.count } }

  /// Changes what it began with, which the value did not write.
  package mutating func withUnsafeMutableBytes<R>(_ body: (UnsafeMutableRawBufferPointer) -> R) -> R {
    stream.withUnsafeMutableBytes(body)
  }

  /// All of it in one piece.
  package func joined() -> [UInt8] {
    if bulk.isEmpty { return stream }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    forEachSegment { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// Calls `body` with one piece after the other.
  package func forEachSegment(_ body: (UnsafeRawBufferPointer) -> Void) {
    stream.withUnsafeBytes { stream in
      var begin = 0
      for piece in bulk {
        body(UnsafeRawBufferPointer(rebasing: stream[begin..<piece.place]))
        piece.contents.withUnsafeBytes(body)
        begin = piece.place
      }
      body(UnsafeRawBufferPointer(rebasing: stream[begin...]))
    }
  }
}
