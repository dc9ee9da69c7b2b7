// One FIFO per document (S-06) over carriers that can overtake each other. Script messages and the private
// scheme are separate queues in WebKit, so envelopes are numbered, and an early one is held until those
// before it have come.

/// Lets numbered items pass in order, starting at 1. The number after 4294967295 is 0, as in a renderer that
/// lives that long.
package struct SequenceGate<Item> {
  private var next: UInt32
  private var early: [UInt32: (item: Item, size: Int)] = [:]
  /// Limit of held items, and of their bytes. Only a renderer that lies about its numbers exceeds it.
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

  /// The items that may pass now that `item` has arrived, in order; nil when the numbering is impossible.
  ///
  /// - Parameter size: Its size in bytes. A single item may have any size: a synchronous call overtakes
  ///   earlier envelopes.
  package mutating func admit(_ item: Item, sequence: UInt32, size: Int = 0) -> [Item]? {
    if sequence == next, early.isEmpty {
      next &+= 1
      return [item]
    }
    // A number more than half of the range ahead is a number in the past.
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
