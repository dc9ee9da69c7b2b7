// The one handle of all listeners: of events, and of ipcMain's channels.

internal import MartletGLib

/// Ends a subscription. Letting it go does not: a subscription that is ignored stays.
public struct Subscription {
  private let undo: @MainActor () -> Void

  init(_ undo: @escaping @MainActor () -> Void) { self.undo = undo }

  /// Ends the subscription. Doing it again does nothing.
  public func cancel() { undo() }

  /// Disconnects closures from signals, for `Event`'s `start`. The objects may be disposed of by then.
  init(_ tokens: [SignalToken]) {
    self.init { for token in tokens { token.disconnect() } }
  }
}
