// The listeners of one source, by event.

internal import MartletIPC

/// Listeners by event, called in the order in which they were added. For Martlet's own use.
public final class _EventTable {
  private var lists: [Key: any EventListeners] = [:]
  /// Whether the source is gone: nobody is added any more.
  private var isOver = false

  /// A name with two payloads is two events.
  private struct Key: Hashable {
    let name: String
    let payload: ObjectIdentifier
  }

  init() {}

  /// - Parameter onEnd: Called when the source ends and the listener is still there.
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

  /// The source is gone: ends all subscriptions.
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

/// The listeners of one event, whatever its payload.
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
  /// Disconnects what the event comes from.
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

  /// The bodies to call for one emit; those that were to be called once are removed.
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
