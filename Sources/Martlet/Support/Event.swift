// Events, identified by name and payload type at compile time.

/// An event of a `Source`. Its listeners receive a `Payload`. An example is `.closed` of a `BrowserWindow`.
///
/// Two events with the same name and different payloads are different events.
public struct Event<Source: EventSource, Payload>: Sendable {
  package let name: String
  /// Connects the event's signal when the first listener is added. The result disconnects it after the last
  /// one is removed.
  let start: (@MainActor (Source) -> Subscription)?

  /// - Parameters:
  ///   - name: Electron's name, such as `page-title-updated`.
  ///   - start: Connects an event that is expensive to observe. Called with the first listener; its
  ///     subscription is cancelled with the last one.
  init(_ name: String, start: (@MainActor (Source) -> Subscription)? = nil) {
    self.name = name
    self.start = start
  }
}

/// An object that emits events. Electron: Node's `EventEmitter`.
///
/// ```swift
/// let subscription = window.on(.close) { $0.preventDefault() }
/// for await gone in contents.events(.renderProcessGone) { log(gone.reason) }
/// ```
public protocol EventSource: AnyObject {
  /// The listeners. For internal use by Martlet.
  var _events: _EventTable { get }
}

extension EventSource {
  /// Calls `body` whenever the event is emitted. Electron: `emitter.on(name, listener)`.
  ///
  /// - Parameters:
  ///   - event: The event, such as `.closed`.
  ///   - body: Called with the payload.
  /// - Returns: The subscription, to cancel it.
  @discardableResult
  public func on<Payload>(
    _ event: Event<Self, Payload>, _ body: @escaping @MainActor (Payload) -> Void
  ) -> Subscription {
    _events.add(event, of: self, once: false, body)
  }

  /// Calls `body` whenever an event without a payload is emitted.
  @discardableResult
  public func on(_ event: Event<Self, Void>, _ body: @escaping @MainActor () -> Void) -> Subscription {
    _events.add(event, of: self, once: false) { _ in body() }
  }

  /// Calls `body` the next time the event is emitted. Electron: `emitter.once(name, listener)`.
  @discardableResult
  public func once<Payload>(
    _ event: Event<Self, Payload>, _ body: @escaping @MainActor (Payload) -> Void
  ) -> Subscription {
    _events.add(event, of: self, once: true, body)
  }

  /// Calls `body` the next time an event without a payload is emitted.
  @discardableResult
  public func once(_ event: Event<Self, Void>, _ body: @escaping @MainActor () -> Void) -> Subscription {
    _events.add(event, of: self, once: true) { _ in body() }
  }

  /// Returns an event as an asynchronous sequence. It starts with this call: payloads are buffered until they
  /// are read.
  ///
  /// ```swift
  /// for await gone in contents.events(.renderProcessGone) { log(gone.reason) }
  /// ```
  ///
  /// The sequence ends when its source is destroyed. A `PreventableEvent` arrives too late to be prevented:
  /// use `on` for that.
  ///
  /// - Parameter event: The event.
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

  /// Emits an event that listeners can prevent.
  ///
  /// - Returns: True unless a listener has prevented it.
  func allows<Payload: PreventableEvent>(_ event: Event<Self, Payload>, _ payload: Payload) -> Bool {
    _events.emit(event, payload)
    return !payload.defaultPrevented
  }

  func hasListeners<Payload>(_ event: Event<Self, Payload>) -> Bool {
    _events.hasListeners(event)
  }
}
