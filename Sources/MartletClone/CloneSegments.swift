/// An encoded value with its long buffers out of line: a byte stream, and the buffers with their offsets in
/// it.
package struct CloneSegments {
  /// An out-of-line buffer, whose contents belong in front of the byte at offset `place` of the stream.
  package struct Bulk {
    package let place: Int
    package let contents: BufferContents

    package init(place: Int, contents: BufferContents) {
      self.place = place
      self.contents = contents
    }
  }

  /// Size in bytes from which a buffer stays out of line instead of being copied.
  package static let bulkSize = 64 * 1024

  /// The encoded bytes without the contents of out-of-line buffers.
  package internal(set) var stream: [UInt8]
  package internal(set) var bulk: [Bulk] = []

  /// Makes segments whose stream begins with `bytes`.
  package init(_ bytes: [UInt8]) { stream = bytes }

  /// Total length in bytes, including out-of-line buffers.
  package var count: Int { bulk.reduce(stream.count) { $0 + $1.contents.count } }

  /// Length in bytes without the first `buffers` of the out-of-line buffers.
  package func countApart(from buffers: Int) -> Int {
    bulk.dropFirst(buffers).reduce(stream.count) { $0 + $1.contents.count }
  }

  /// Gives mutable access to the stream, to change the header that it began with.
  package mutating func withUnsafeMutableBytes<R>(_ body: (UnsafeMutableRawBufferPointer) -> R) -> R {
    stream.withUnsafeMutableBytes(body)
  }

  /// Copies the stream and all buffers into one array.
  package func joined() -> [UInt8] {
    joined(from: 0)
  }

  /// Keeps the first `count` buffers out of line, and inserts the others into the stream.
  package mutating func keepApart(_ count: Int) {
    guard bulk.count > count else { return }
    stream = joined(from: count)
    bulk.removeLast(bulk.count - count)
  }

  /// The stream, with the buffers from index `first` on inserted into it.
  private func joined(from first: Int) -> [UInt8] {
    let joining = bulk.dropFirst(first)
    if joining.isEmpty { return stream }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(joining.reduce(stream.count) { $0 + $1.contents.count })
    var begin = 0
    for piece in joining {
      bytes += stream[begin..<piece.place]
      bytes += piece.contents.bytes
      begin = piece.place
    }
    return bytes + stream[begin...]
  }
}
