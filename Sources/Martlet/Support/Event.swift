// Events by name and payload, both known to the compiler.

/// An event of `Source` whose listeners get a `Payload`, such as `.closed` of a `BrowserWindow`.
///
/// Two events of one name with different payloads are two events.
public struct Event<Source: EventSource, Payload>: Sendable {
  let name: String
  /// Connects what the event comes from, with the first listener; the result disconnects it, with the last
  /// one.
  let start: (@MainActor (Source) -> Subscription)?

  /// - Parameters:
  ///   - name: Electron's name, such as `page-title-updated`.
  ///   - start: For an event that costs something: called with the first listener. Its subscription is
  ///     cancelled with the last one.
  init(_ name: String, start: (@MainActor (Source) -> Subscription)? = nil) {
    self.name = name
    self.start = start
  }
}

/// Something that events happen to. Electron: Node's `EventEmitter`.
public protocol EventSource: AnyObject {
  /// The listeners. For Martlet's own use.
  var _events: _EventTable { get }
}

extension EventSource {
  /// Calls `body` whenever `event` happens.
  @discardableResult
  public func on<Payload>(
    _ event: Event<Self, Payload>, _ body: @escaping @MainActor (Payload) -> Void
  ) -> Subscription {
    _events.add(event, of: self, once: false, body)
  }

  /// Calls `body` whenever `event` happens.
  @discardableResult
  public func on(_ event: Event<Self, Void>, _ body: @escaping @MainActor () -> Void) -> Subscription {
    _events.add(event, of: self, once: false) { _ in body() }
  }

  /// Calls `body` the next time `event` happens.
  @discardableResult
  public func once<Payload>(
    _ event: Event<Self, Payload>, _ body: @escaping @MainActor (Payload) -> Void
  ) -> Subscription {
    _events.add(event, of: self, once: true, body)
  }

  /// Calls `body` the next time `event` happens.
  @discardableResult
  public func once(_ event: Event<Self, Void>, _ body: @escaping @MainActor () -> Void) -> Subscription {
    _events.add(event, of: self, once: true) { _ in body() }
  }

  /// The event as a sequence, for `for await`. It begins with this call: events wait in it until they are
  /// taken.
  ///
  /// ```swift
  /// for await gone in contents.events(.renderProcessGone) { log(gone.reason) }
  /// ```
  ///
  /// The sequence ends with its source. A `PreventableEvent` comes too late to be prevented: use `on` for
  /// that.
  public func events<Payload: Sendable>(_ event: Event<Self, Payload>) -> AsyncStream<Payload> {
    let (stream, continuation) = AsyncStream<Payload>.makeStream()
    let subscription = _events.add(event, of: self, once: false, onEnd: { continuation.finish() }) {
      continuation.yield($0)
    }
    continuation.onTermination = { _ in Task { @MainActor in subscription.cancel() } }
    return stream
  }

  func emit<Payload>(_ event: Event<Self, Payload>, _ payload: Payload) {
    _events.emit(event, payload)
  }

  func emit(_ event: Event<Self, Void>) {
    _events.emit(event, ())
  }

  /// Emits an event that can be prevented.
  ///
  /// - Returns: Whether no listener has prevented it.
  func allows<Payload: PreventableEvent>(_ event: Event<Self, Payload>, _ payload: Payload) -> Bool {
    _events.emit(event, payload)
    return !payload.defaultPrevented
  }

  func hasListeners<Payload>(_ event: Event<Self, Payload>) -> Bool {
    _events.hasListeners(event)
  }
}
