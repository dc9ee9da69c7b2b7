// Events by name, with what they carry known to the compiler.

/// The name of an event of `Source` that carries a `Payload`, such as `.closed` of a `BrowserWindow`.
public struct EventName<Source, Payload>: Hashable, Sendable {
  let name: String

  init(_ name: String) { self.name = name }
}

/// Something that events happen to. Electron: Node's EventEmitter.
public protocol EventSource: AnyObject {
  /// Who listens. For Martlet's own use.
  var events: EventTable { get }
}

extension EventSource {
  /// Calls `body` whenever `event` happens.
  @discardableResult
  public func on<Payload>(
    _ event: EventName<Self, Payload>, _ body: @escaping @MainActor (Payload) -> Void
  ) -> Subscription {
    events.add(event.name, once: false) { body($0 as! Payload) }
  }

  /// Calls `body` whenever `event` happens.
  @discardableResult
  public func on(_ event: EventName<Self, Void>, _ body: @escaping @MainActor () -> Void) -> Subscription {
    events.add(event.name, once: false) { _ in body() }
  }

  /// Calls `body` the next time `event` happens.
  @discardableResult
  public func once<Payload>(
    _ event: EventName<Self, Payload>, _ body: @escaping @MainActor (Payload) -> Void
  ) -> Subscription {
    events.add(event.name, once: true) { body($0 as! Payload) }
  }

  /// Calls `body` the next time `event` happens.
  @discardableResult
  public func once(_ event: EventName<Self, Void>, _ body: @escaping @MainActor () -> Void) -> Subscription {
    events.add(event.name, once: true) { _ in body() }
  }

  func emit<Payload>(_ event: EventName<Self, Payload>, _ payload: Payload) {
    events.emit(event.name, payload)
  }

  func emit(_ event: EventName<Self, Void>) {
    events.emit(event.name, ())
  }
}
