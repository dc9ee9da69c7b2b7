// The listeners of one channel or event, in the order in which they were added. Bookkeeping only.

/// Listeners, each with an id and called every time or once.
package struct ListenerList<Listener> {
  private struct Entry {
    let id: UInt64
    let once: Bool
    let listener: Listener
  }

  private var entries: [Entry] = []

  package init() {}

  package var isEmpty: Bool { entries.isEmpty }
  package var count: Int { entries.count }
  package var listeners: [Listener] { entries.map(\.listener) }
  /// The id of the oldest listener.
  package var firstID: UInt64? { entries.first?.id }

  package mutating func add(_ listener: Listener, id: UInt64, once: Bool) {
    entries.append(Entry(id: id, once: once, listener: listener))
  }

  /// Removes the listener with this id, if there is one.
  package mutating func remove(_ id: UInt64) {
    entries.removeAll { $0.id == id }
  }

  /// The listeners to call for one emit, as they are now (S-21). Listeners that run once are removed.
  package mutating func take() -> [Listener] {
    defer { if entries.contains(where: \.once) { entries.removeAll(where: \.once) } }
    return listeners
  }
}
