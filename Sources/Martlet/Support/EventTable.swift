// The listeners of one source, by event.

internal import MartletIPC

/// Listeners by event, called in the order in which they were added. For internal use by Martlet.
public final class _EventTable {
  private var lists: [Key: any EventListeners] = [:]
  /// Whether the source is destroyed. No listener is added any more.
  private var isOver = false

  /// Two events with the same name and different payloads are different events.
  private struct Key: Hashable {
    let name: String
    let payload: ObjectIdentifier
  }

  init() {}

  /// - Parameter onEnd: Called if the source ends while the listener is still there.
  func add<Source, Payload>(
    _ event: Event<Source, Payload>, of source: Source, once: Bool,
    onEnd: (@MainActor () -> Void)? = nil, _ body: @escaping @MainActor (Payload) -> Void
  ) -> Subscription {
    guard !isOver else {
      onEnd?()
      return Subscription {}
    }
    let listeners = listeners(of: event) ?? Listeners<Payload>()
    lists[key(event)] = listeners
    if listeners.isEmpty { listeners.running = event.start?(source) }
    let id = listeners.add(once: once, onEnd: onEnd, body)
    return Subscription { [weak listeners] in listeners?.remove(id) }
  }

  func emit<Source, Payload>(_ event: Event<Source, Payload>, _ payload: Payload) {
    for listener in listeners(of: event)?.take() ?? [] { listener(payload) }
  }

  func hasListeners<Source, Payload>(_ event: Event<Source, Payload>) -> Bool {
    listeners(of: event)?.isEmpty == false
  }

  /// Ends all subscriptions, because the source is destroyed.
  func end() {
    isOver = true
    let all = lists.values
    lists = [:]
    all.forEach { $0.end() }
  }

  private func key<Source, Payload>(_ event: Event<Source, Payload>) -> Key {
    Key(name: event.name, payload: ObjectIdentifier(Payload.self))
  }

  private func listeners<Source, Payload>(of event: Event<Source, Payload>) -> Listeners<Payload>? {
    lists[key(event)] as? Listeners<Payload>
  }
}

/// The listeners of one event, with any payload type.
private protocol EventListeners: AnyObject {
  func end()
}

/// The listeners of one event.
private final class Listeners<Payload>: EventListeners {
  private struct Listener {
    let body: @MainActor (Payload) -> Void
    let onEnd: (@MainActor () -> Void)?
  }

  private var list = ListenerList<Listener>()
  private var lastID: UInt64 = 0
  /// Disconnects the event's signal.
  var running: Subscription?

  var isEmpty: Bool { list.isEmpty }

  func add(
    once: Bool, onEnd: (@MainActor () -> Void)?, _ body: @escaping @MainActor (Payload) -> Void
  ) -> UInt64 {
    lastID += 1
    list.add(Listener(body: body, onEnd: onEnd), id: lastID, once: once)
    return lastID
  }

  func remove(_ id: UInt64) {
    list.remove(id)
    stopIfEmpty()
  }

  /// Returns the closures to call for one emit, and removes those to be called once.
  func take() -> [@MainActor (Payload) -> Void] {
    defer { stopIfEmpty() }
    return list.take().map(\.body)
  }

  func end() {
    let ended = list
    list = ListenerList()
    stopIfEmpty()
    ended.listeners.forEach { $0.onEnd?() }
  }

  private func stopIfEmpty() {
    guard list.isEmpty, let running else { return }
    self.running = nil
    running.cancel()
  }
}
