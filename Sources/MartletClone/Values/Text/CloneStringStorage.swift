/// Storage of a string too long to be inline: a header and the bytes of the wire in one allocation.
final class CloneStringStorage: ManagedBuffer<CloneStringStorage.Header, UInt8> {
  struct Header {
    var byteCount: Int
    var isTwoByte: Bool
  }

  /// Copies `bytes`.
  static func copying(_ bytes: UnsafeRawBufferPointer, isTwoByte: Bool) -> CloneStringStorage {
    making(byteCount: bytes.count, isTwoByte: isTwoByte) { target in
      if let source = bytes.baseAddress {
        target.copyMemory(from: source, byteCount: bytes.count)
      }
    }
  }

  /// Allocates `byteCount` bytes; `fill` writes all of them.
  static func making(
    byteCount: Int, isTwoByte: Bool, fill: (UnsafeMutableRawPointer) -> Void
  ) -> CloneStringStorage {
    let buffer = create(minimumCapacity: byteCount) { _ in
      Header(byteCount: byteCount, isTwoByte: isTwoByte)
    }
    buffer.withUnsafeMutablePointerToElements { fill(UnsafeMutableRawPointer($0)) }
    return unsafeDowncast(buffer, to: CloneStringStorage.self)
  }

  /// Calls `body` with the bytes.
  @inline(__always)
  func withBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
    withUnsafeMutablePointers { header, elements in
      body(UnsafeRawBufferPointer(start: elements, count: header.pointee.byteCount))
    }
  }
}
