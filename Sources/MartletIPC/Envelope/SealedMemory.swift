// The sealed memory that one long buffer came in. It can neither change nor shrink, so it is read when
// somebody wants the bytes, and sent on as it is.

internal import CMartletWire
internal import MartletClone
internal import Synchronization

final class SealedMemory: BufferMemory {
  let owned: OwnedDescriptor
  let count: Int

  /// How many there are: each keeps a descriptor open, of which a process has a thousand or so.
  private static let living = Atomic(0)
  private static let limit = 128

  /// Takes over sealed memory of `count` bytes.
  init(_ memory: OwnedDescriptor, count: Int) {
    owned = memory
    self.count = count
    Self.living.add(1, ordering: .relaxed)
  }

  deinit { Self.living.subtract(1, ordering: .relaxed) }

  /// The bytes as they are kept: here, or read already where too many descriptors are open. Nil when the
  /// system cannot read them.
  var contents: BufferContents? {
    guard Self.living.load(ordering: .relaxed) > Self.limit else { return .memory(self) }
    return bytes(in: 0..<count).map { .array($0) }
  }

  func bytes(in range: Range<Int>) -> [UInt8]? {
    var isRead = false
    let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { target, initialized in
      guard let start = target.baseAddress else { return }
      isRead = martlet_wire_memory_read(owned.number, range.lowerBound, start, range.count)
      initialized = isRead ? range.count : 0
    }
    return isRead || range.isEmpty ? bytes : nil
  }
}
