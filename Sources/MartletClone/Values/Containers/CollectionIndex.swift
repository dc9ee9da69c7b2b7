/// Finds the members of a `Map` or `Set` by key: an open-addressed table of positions.
///
/// Positions are 32-bit, and the keys stay where they are, so that indexing a large map that came over the
/// wire costs four to eight bytes an entry. Hashes are Swift's seeded ones: keys are chosen by whoever sends.
struct CollectionIndex {
  /// Position plus one of the entry in each slot; zero for an empty slot. The count is a power of two.
  private var slots: ContiguousArray<UInt32> = []
  private var used = 0

  /// Below this many entries searching one by one is faster than hashing.
  static let threshold = 8

  init() {}

  init(capacity: Int) {
    var size = 16
    while size * 3 < capacity * 4 { size *= 2 }
    slots = ContiguousArray(repeating: 0, count: size)
  }

  /// The position of `key`, or where it is not there nil and, in `slot`, where it would go.
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

  /// Notes that the key, for which `find` named `slot`, is at `position`.
  @inline(__always)
  mutating func insert(position: Int, slot: Int) {
    slots[slot] = UInt32(truncatingIfNeeded: position + 1)
    used += 1
  }

  /// Whether one more entry would make the table too full to be fast.
  var isFull: Bool { (used + 1) * 4 > slots.count * 3 }
}
