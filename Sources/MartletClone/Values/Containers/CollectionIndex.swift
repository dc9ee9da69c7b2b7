/// Hash index of a `Map` or `Set`: an open-addressed table of positions.
///
/// Positions are 32-bit and the keys are not copied, so the index of a large received map costs four to eight
/// bytes an entry. Hashes are Swift's seeded ones, because the sender chooses the keys.
struct CollectionIndex {
  /// Position of the entry plus one, for each slot; zero for an empty slot. The count is a power of two.
  private var slots: ContiguousArray<UInt32> = []
  private var used = 0

  /// Number of entries from which hashing is faster than a linear search.
  static let threshold = 8

  init() {}

  init(capacity: Int) {
    var size = 16
    while size * 3 < capacity * 4 { size *= 2 }
    slots = ContiguousArray(repeating: 0, count: size)
  }

  /// Returns the position of `key`. If it does not exist, returns nil and sets `slot` to the slot for it.
  @inline(__always)
  func find(_ key: CollectionKey, keyAt: (Int) -> CloneValue, slot: inout Int) -> Int? {
    let mask = slots.count - 1
    var probe = key.hashValue & mask
    while true {
      let entry = slots[probe]
      if entry == 0 {
        slot = probe
        return nil
      }
      if CollectionKey(keyAt(Int(entry) - 1)) == key { return Int(entry) - 1 }
      probe = (probe + 1) & mask
    }
  }

  /// Stores `position` for the key for which `find` returned `slot`.
  @inline(__always)
  mutating func insert(position: Int, slot: Int) {
    slots[slot] = UInt32(truncatingIfNeeded: position + 1)
    used += 1
  }

  /// Whether one more entry would make the table too full to be fast.
  var isFull: Bool { (used + 1) * 4 > slots.count * 3 }
}
