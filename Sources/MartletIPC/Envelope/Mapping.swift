// Sealed memory, mapped for reading. The last owner's release unmaps it.

internal import CMartletWire

final class Mapping {
  let bytes: UnsafeRawBufferPointer

  /// Maps memory of exactly `length` bytes. Nil when the system refuses.
  init?(_ memory: OwnedDescriptor, length: Int) {
    guard let start = martlet_wire_memory_map(memory.number, length) else { return nil }
    bytes = UnsafeRawBufferPointer(start: start, count: length)
  }

  deinit { martlet_wire_memory_unmap(bytes.baseAddress!, bytes.count) }
}
