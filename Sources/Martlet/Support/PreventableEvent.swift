// Events that a listener can prevent.

/// The payload of an event that comes before something happens, which a listener can prevent.
///
/// ```swift
/// window.on(.close) { $0.preventDefault() }
/// ```
///
/// Electron: an `event` with `preventDefault()`.
public protocol PreventableEvent {
  /// Whether it has been prevented, for all listeners. For Martlet's own use.
  var _prevention: _Prevention { get }
}

extension PreventableEvent {
  /// Prevents what would happen next.
  public func preventDefault() { _prevention.isPrevented = true }

  /// Whether a listener has prevented it.
  public var defaultPrevented: Bool { _prevention.isPrevented }
}

/// The state that the listeners of one event share. For Martlet's own use.
public final class _Prevention {
  fileprivate(set) var isPrevented = false

  init() {}
}
