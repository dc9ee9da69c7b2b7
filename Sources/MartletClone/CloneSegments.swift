/// An encoded value whose long buffers are apart: what stands in its stream, and what belongs in between.
package struct CloneSegments {
  /// Contents of a buffer, to be put in front of the byte at `place` of the stream.
  package struct Bulk {
    package let place: Int
    package let contents: BufferContents

    package init(place: Int, contents: BufferContents) {
      self.place = place
      self.contents = contents
    }
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

  /// The length without the first `buffers` of the long buffers.
  package func countApart(from buffers: Int) -> Int {
    bulk.dropFirst(buffers).reduce(stream.count) { $0 + $1.contents.count }
  }

  /// Changes what it began with, which the value did not write.
  package mutating func withUnsafeMutableBytes<R>(_ body: (UnsafeMutableRawBufferPointer) -> R) -> R {
    stream.withUnsafeMutableBytes(body)
  }

  /// All of it in one piece.
  package func joined() -> [UInt8] {
    joined(from: 0)
  }

  /// Puts all buffers but the first `count` where they belong.
  package mutating func keepApart(_ count: Int) {
    guard bulk.count > count else { return }
    stream = joined(from: count)
    bulk.removeLast(bulk.count - count)
  }

  /// The stream with the buffers from `first` on in it.
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
