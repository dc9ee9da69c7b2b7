// One FIFO per document (S-06) over carriers that overtake each other: script messages and the private scheme
// are separate queues in WebKit, so every envelope is numbered and an early one waits for those before it.

/// Lets numbered items through in order, from 1; after 4294967295 comes 0, as in a renderer that lives so
/// long.
package struct SequenceGate<Item> {
  private var next: UInt32
  private var early: [UInt32: (item: Item, size: Int)] = [:]
  /// How many may wait, and their bytes: more envelopes that arrived too early can only be a renderer that
  /// lies about its numbers.
  private let limit: Int
  private let sizeLimit: Int
  private var size = 0

  package init(limit: Int = 4096, sizeLimit: Int = 64 << 20) {
    self.init(limit: limit, sizeLimit: sizeLimit, first: 1)
  }

  init(limit: Int, sizeLimit: Int = .max, first: UInt32) {
    self.limit = limit
    self.sizeLimit = sizeLimit
    next = first
  }

  /// The items that may pass now that `item` has come, in order; nil when the numbering cannot be right.
  ///
  /// - Parameter size: Its bytes. One alone may be of any size: a synchronous call overtakes what was sent
  ///   before it.
  package mutating func admit(_ item: Item, sequence: UInt32, size: Int = 0) -> [Item]? {
    if sequence == next, early.isEmpty {
      next &+= 1
      return [item]
    }
    // What is more than half of all numbers ahead is behind.
    guard sequence &- next < 1 << 31, early[sequence] == nil else { return nil }
    guard sequence == next || early.isEmpty || early.count < limit && self.size + size <= sizeLimit else {
      return nil
    }
    early[sequence] = (item, size)
    self.size += size
    var passing: [Item] = []
    while let first = early.removeValue(forKey: next) {
      passing.append(first.item)
      self.size -= first.size
      next &+= 1
    }
    return passing
  }
}
