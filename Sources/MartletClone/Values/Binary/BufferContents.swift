/// Received memory that holds the contents of a buffer. Its bytes never change.
package protocol BufferMemory: AnyObject {
  var count: Int { get }
  /// Copies a range of the bytes; nil when the system cannot read them.
  func bytes(in range: Range<Int>) -> [UInt8]?
}

/// The contents of a buffer: an array, or received memory that is only read when an array is needed.
package enum BufferContents {
  case array([UInt8])
  case memory(any BufferMemory)

  package var count: Int {
    switch self {
    case .array(let bytes): bytes.count
    case .memory(let memory): memory.count
    }
  }

  /// Copies a range of the bytes; nil when the system cannot read them.
  func read(in range: Range<Int>) -> [UInt8]? {
    switch self {
    case .array(let bytes): range == bytes.indices ? bytes : Array(bytes[range])
    case .memory(let memory): memory.bytes(in: range)
    }
  }

  /// Copies a range of the bytes; zeros when the system cannot read its memory, for example after a failure
  /// of its swap disk.
  package func bytes(in range: Range<Int>) -> [UInt8] {
    read(in: range) ?? [UInt8](repeating: 0, count: range.count)
  }

  /// All bytes.
  package var bytes: [UInt8] { bytes(in: 0..<count) }
}
