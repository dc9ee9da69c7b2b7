// An event that a listener can stop.

/// Comes with what is about to happen. Electron: the `event` with `preventDefault`.
public final class CancelableEvent {
  /// Whether a listener has stopped it.
  public private(set) var defaultPrevented = false

  init() {}

  /// Stops what would happen.
  public func preventDefault() { defaultPrevented = true }
}
