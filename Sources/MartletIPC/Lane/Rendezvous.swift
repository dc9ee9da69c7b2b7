// Matches two halves that arrive by different ways, in either order: the renderer extension's announcement of
// a document, and the document's own hello.

/// Matches items with the requests for them, by number.
@MainActor
package final class Rendezvous<Item> {
  /// Limit of pending items, and of pending requests. Only a web process that floods exceeds it.
  private let limit: Int
  private var come: [(number: UInt32, item: Item)] = []
  private var awaited: [UInt32: Waiter] = [:]

  private struct Waiter {
    let accept: @MainActor (Item) -> Void
    let refuse: @MainActor () -> Void
  }

  package init(limit: Int = 256) { self.limit = limit }

  /// Gives the item to the pending request for it, or keeps it. When too many are kept, the oldest is
  /// dropped: it was never requested.
  package func add(_ item: Item, as number: UInt32) {
    if let waiter = awaited.removeValue(forKey: number) { return waiter.accept(item) }
    if come.count == limit { come.removeFirst() }
    come.append((number, item))
  }

  /// Calls `accept` with the item, now or when it arrives. Calls `refuse` when too many requests are pending,
  /// or another one is pending for the same number.
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

  /// Refuses all pending requests: their items will not arrive any more.
  package func refuseAll() {
    let waiters = awaited.values
    awaited = [:]
    for waiter in waiters { waiter.refuse() }
  }
}
