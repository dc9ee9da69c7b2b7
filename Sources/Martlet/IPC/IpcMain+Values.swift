// ipcMain for callers without Swift's types: the arguments of a message, which may be encoded.

package import MartletIPC
internal import MartletWebHost

extension IpcMain {
  /// Leaves the arguments of calls encoded until a listener needs their values.
  package static func leaveCallsEncoded() { CycleCollector.onMainLoop.leavesCallsEncoded = true }

  /// Calls `listener` with all arguments of every message on a channel.
  package func onMessage(
    _ channel: String, _ listener: @escaping @MainActor (IpcMainEvent, IpcArguments) -> Void
  ) -> Subscription {
    let id = emitter.listeners.add(channel, once: false, listener)
    return Subscription { [weak self] in self?.emitter.listeners.remove(channel, id: id) }
  }

  /// Answers `ipcRenderer.invoke` on a channel with a reply object that the handler may keep.
  ///
  /// - Parameter once: Whether the handler is for the next call only.
  /// - Throws: `DuplicateHandler` if the channel has a handler already.
  package func handleMessage(
    _ channel: String, once: Bool,
    _ handler: @escaping @MainActor (IpcMainInvokeEvent, InvokeReply, IpcArguments) -> Void
  ) throws(DuplicateHandler) {
    try emitter.handle(channel, once: once, .replying(handler))
  }
}
