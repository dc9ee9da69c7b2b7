/// Memory that holds bytes that never change, and stays as long as this is there.
package struct LentBytes {
  package let bytes: UnsafeRawBufferPointer
  /// What keeps the memory.
  private let owner: AnyObject

  package init(_ bytes: UnsafeRawBufferPointer, of owner: AnyObject) {
    self.bytes = bytes
    self.owner = owner
  }

  /// A part of the memory.
  subscript(range: Range<Int>) -> LentBytes {
    LentBytes(UnsafeRawBufferPointer(rebasing: bytes[range]), of: owner)
  }
}

/// The contents of a buffer: an array, or memory in which they came, which is not copied before somebody wants an array.
package enum BufferContents {
  case array([UInt8])
  case lent(LentBytes)

  package var count: Int {
    switch self {
    case .array(let bytes): bytes.count
    case .lent(let memory): memory.bytes.count
    }
  }

  package func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    switch self {
    case .array(let bytes): return try bytes.withUnsafeBytes(body)
    case .lent(let memory):
      defer { withExtendedLifetime(memory) {} }
      return try body(memory.bytes)
    }
  }
}
