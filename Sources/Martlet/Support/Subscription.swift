// The handle of a listener: of an event, or of an ipcMain channel.

internal import MartletGLib

/// A listener that is subscribed. Dropping this value keeps the listener; only `cancel()` removes it.
///
/// Electron: `emitter.off(name, listener)` removes a listener.
public struct Subscription {
  private let undo: @MainActor () -> Void

  init(_ undo: @escaping @MainActor () -> Void) { self.undo = undo }

  /// Removes the listener. It does nothing if the listener is removed already.
  public func cancel() { undo() }

  /// Disconnects closures from signals, for `Event`'s `start`. The objects may be destroyed by then.
  init(_ tokens: [SignalToken]) {
    self.init { for token in tokens { token.disconnect() } }
  }
}
