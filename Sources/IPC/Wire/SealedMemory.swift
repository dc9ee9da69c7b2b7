// The sealed memory that one long buffer came in. It can neither change nor shrink, so it is read when somebody wants
// the bytes, and sent on as it is.

internal import CWire
internal import StructuredClone
internal import Synchronization

final class SealedMemory: BufferMemory {
  let owned: OwnedDescriptor
  let count: Int

  /// How many there are: each keeps a descriptor open, of which a process has a thousand or so.
  private static let living = Atomic(0)
  private static let limit = 128

  /// Takes over memory of `count` bytes. Nil when it has another size, or can still be changed.
  init?(_ memory: OwnedDescriptor, count: Int) {
    guard martlet_wire_memory_is_sealed(memory.number, count) else { return nil }
    owned = memory
    self.count = count
    Self.living.add(1, ordering: .relaxed)
  }

  deinit { Self.living.subtract(1, ordering: .relaxed) }

  /// The bytes as they are kept: here, or read already where too many descriptors are open.
  var contents: BufferContents {
    Self.living.load(ordering: .relaxed) > Self.limit ? .array(bytes(in: 0..<count)) : .memory(self)
  }

  func bytes(in range: Range<Int>) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: range.count) { target, initialized in
      guard
        range.isEmpty
          || martlet_wire_memory_read(owned.number, range.lowerBound, target.baseAddress!, range.count)
      else { fatalError("sealed memory cannot be read: the system is out of memory") }
      initialized = range.count
    }
  }
}
