// Events that a listener can prevent.

/// The payload of an event that is emitted before an action. A listener can prevent the action.
///
/// ```swift
/// window.on(.close) { $0.preventDefault() }
/// ```
///
/// Electron: an `event` with `preventDefault()`.
public protocol PreventableEvent {
  /// The state shared by all listeners. For internal use by Martlet.
  var _prevention: _Prevention { get }
}

extension PreventableEvent {
  /// Prevents the action that follows the event.
  public func preventDefault() { _prevention.isPrevented = true }

  /// Whether a listener has prevented it.
  public var defaultPrevented: Bool { _prevention.isPrevented }
}

/// The state that the listeners of one event share. For internal use by Martlet.
public final class _Prevention {
  fileprivate(set) var isPrevented = false

  init() {}
}
