// One FIFO per document (S-06) over carriers that overtake each other: script messages and the private scheme
// are separate queues in WebKit, so every frame is numbered and an early one waits for those before it.

/// Lets numbered items through in order, from 1; after 4294967295 comes 0, as in a renderer that lives so long.
package struct SequenceGate<Item> {
  private var next: UInt32
  private var early: [UInt32: Item] = [:]
  /// How many may wait: more frames that arrived too early can only be a renderer that lies about its numbers.
  private let limit: Int

  package init(limit: Int = 4096) {
    self.init(limit: limit, first: 1)
  }

  init(limit: Int, first: UInt32) {
    self.limit = limit
    next = first
  }

  /// The items that may pass now that `item` has come, in order; nil when the numbering cannot be right.
  package mutating func admit(_ item: Item, sequence: UInt32) -> [Item]? {
    if sequence == next, early.isEmpty {
      next &+= 1
      return [item]
    }
    // What is more than half of all numbers ahead is behind.
    guard sequence &- next < 1 << 31, early[sequence] == nil else { return nil }
    guard sequence == next || early.count < limit else { return nil }
    early[sequence] = item
    var passing: [Item] = []
    while let item = early.removeValue(forKey: next) {
      passing.append(item)
      next &+= 1
    }
    return passing
  }
}
