// Two halves that come by different ways, in either order: what the renderer extension says of a document,
// and the document's own hello.

/// Brings items together with those who wait for them, by number.
@MainActor
package final class Rendezvous<Item> {
  /// How many items may wait, and how many may be waited for: more can only be a web process that floods.
  private let limit: Int
  private var come: [(number: UInt32, item: Item)] = []
  private var awaited: [UInt32: Waiter] = [:]

  private struct Waiter {
    let accept: @MainActor (Item) -> Void
    let refuse: @MainActor () -> Void
  }

  package init(limit: Int = 256) { self.limit = limit }

  /// Gives the item to whoever waits for it, or keeps it. The oldest goes when too many are kept: nobody
  /// asked for it.
  package func add(_ item: Item, as number: UInt32) {
    if let waiter = awaited.removeValue(forKey: number) { return waiter.accept(item) }
    if come.count == limit { come.removeFirst() }
    come.append((number, item))
  }

  /// Calls `accept` with the item, now or when it comes; `refuse` when too many wait, or another one does for
  /// the same.
  package func take(
    _ number: UInt32, _ accept: @escaping @MainActor (Item) -> Void,
    orRefuse refuse: @escaping @MainActor () -> Void
  ) {
    if let index = come.firstIndex(where: { $0.number == number }) {
      return accept(come.remove(at: index).item)
    }
    guard awaited.count < limit, awaited[number] == nil else { return refuse() }
    awaited[number] = Waiter(accept: accept, refuse: refuse)
  }

  /// Whoever waits is refused: what is waited for will not come any more.
  package func refuseAll() {
    let waiters = awaited.values
    awaited = [:]
    for waiter in waiters { waiter.refuse() }
  }
}
