// The sealed memory of one long buffer. It can neither change nor shrink, so it is read on demand, and can be
// sent on unchanged.

internal import CMartletWire
internal import MartletClone
internal import Synchronization

final class SealedMemory: BufferMemory {
  let owned: OwnedDescriptor
  let count: Int

  /// The number of live instances. Each keeps a descriptor open, and a process has about a thousand.
  private static let living = Atomic(0)
  private static let limit = 128

  /// Takes over sealed memory of `count` bytes.
  init(_ memory: OwnedDescriptor, count: Int) {
    owned = memory
    self.count = count
    Self.living.add(1, ordering: .relaxed)
  }

  deinit { Self.living.subtract(1, ordering: .relaxed) }

  /// The buffer's contents: this memory, or a copy when too many descriptors are open. Nil when the system
  /// cannot read it.
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
