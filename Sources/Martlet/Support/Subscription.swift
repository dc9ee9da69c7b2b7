// The one handle of all listeners: of events, and of ipcMain's channels.

internal import CMartletWebKit
internal import MartletGLib

/// Ends a subscription. Letting it go does not: a subscription that is ignored stays.
public struct Subscription {
  private let undo: @MainActor () -> Void

  init(_ undo: @escaping @MainActor () -> Void) { self.undo = undo }

  /// Ends the subscription. Doing it again does nothing.
  public func cancel() { undo() }

  /// Disconnects handlers of an object's signals, for `Event`'s `start`. The object may be disposed of by
  /// then.
  init(_ object: GObjectRef, _ handlers: [UInt]) {
    self.init {
      for handler in handlers where g_signal_handler_is_connected(object.raw, handler) != 0 {
        object.disconnect(handler)
      }
    }
  }
}
