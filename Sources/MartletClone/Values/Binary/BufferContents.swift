/// Memory in which the contents of a buffer came. Its bytes never change.
package protocol BufferMemory: AnyObject {
  var count: Int { get }
  /// A copy of some of the bytes; nil when the system cannot read them.
  func bytes(in range: Range<Int>) -> [UInt8]?
}

/// The contents of a buffer: an array, or memory in which they came, which is not read before somebody wants
/// an array.
package enum BufferContents {
  case array([UInt8])
  case memory(any BufferMemory)

  package var count: Int {
    switch self {
    case .array(let bytes): bytes.count
    case .memory(let memory): memory.count
    }
  }

  /// Some of the bytes; nil when they lie in memory that the system cannot read.
  func read(in range: Range<Int>) -> [UInt8]? {
    switch self {
    case .array(let bytes): range == bytes.indices ? bytes : Array(bytes[range])
    case .memory(let memory): memory.bytes(in: range)
    }
  }

  /// Some of the bytes: zeros where the system cannot read its own memory, as when the disk that it swaps to
  /// fails.
  package func bytes(in range: Range<Int>) -> [UInt8] {
    read(in: range) ?? [UInt8](repeating: 0, count: range.count)
  }

  /// All of the bytes.
  package var bytes: [UInt8] { bytes(in: 0..<count) }
}
