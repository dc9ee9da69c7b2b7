// Who listens to one source's events.

internal import MartletIPC

/// Subscribers by event, called in the order they came.
public final class EventTable {
  private var listeners = ListenerTable<@MainActor (Any) -> Void>()

  init() {}

  func add(_ event: String, once: Bool, _ body: @escaping @MainActor (Any) -> Void) -> Subscription {
    let id = listeners.add(event, once: once, body)
    return Subscription { [weak self] in self?.listeners.remove(event, id: id) }
  }

  func emit(_ event: String, _ payload: Any) {
    for listener in listeners.take(event) { listener(payload) }
  }

  func hasListeners(_ event: String) -> Bool { listeners.count(event) > 0 }

  func removeAll() { listeners.removeAll() }
}

/// Undoes a subscription. Letting it go does not: a subscription that is ignored stays.
public struct Subscription {
  private let undo: @MainActor () -> Void

  init(_ undo: @escaping @MainActor () -> Void) { self.undo = undo }

  /// Ends the subscription. Doing it again does nothing.
  public func cancel() { undo() }
}
