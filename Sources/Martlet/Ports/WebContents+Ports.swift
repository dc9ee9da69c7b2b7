// postMessage: a message with ports.

internal import MartletIPC
public import MartletClone
internal import MartletWebHost

extension WebContents {
  /// Sends a message and ports to the page's main frame: to the preload's `ipcRenderer.on(channel, …)`, whose
  /// event has them in `ports`.
  ///
  /// Like `send`, it waits for the first page of a new window.
  ///
  /// - Parameters:
  ///   - channel: The listeners' channel.
  ///   - message: Anything that can be cloned; `nil` arrives as `null`.
  ///   - transfer: Ports that the page gets; they are of no use here afterwards.
  /// - Returns: Whether there is a page that it was sent to, or one that is sure to come. Unlike Electron's
  ///   it does not throw when there is none: that is logged, and the ports are closed.
  /// - Throws: `MessagePortError` for ports that cannot be transferred, `CloneError` for a message that
  ///   cannot be cloned. Nothing has been sent then, and no port transferred. `IpcSendError` when the page
  ///   does not read, or the system has nothing left to send it with: then the ports are closed.
  @discardableResult
  public func postMessage(
    _ channel: String, _ message: (any CloneEncodable)?, transfer: [MessagePortMain] = []
  ) throws -> Bool {
    try mainFrame.postMessage(channel, message, transfer: transfer)
  }
}

extension WebFrameMain {
  /// Like `WebContents.postMessage`, to this frame only.
  @discardableResult
  public func postMessage(
    _ channel: String, _ message: (any CloneEncodable)?, transfer: [MessagePortMain] = []
  ) throws -> Bool {
    let values: [CloneValue] = [.string(CloneString(channel)), try message?.cloneValue() ?? .null]
    let envelope = try Envelope.encode(.message, .array(CloneArray(values)))
    try MessagePortError.check(transfer)
    do throws(SendError) {
      try post(envelope, ports: MessagePortMain.take(transfer))
      return true
    } catch {
      if let error = IpcSendError(error) { throw error }
      report(error, channel)
      return false
    }
  }
}
