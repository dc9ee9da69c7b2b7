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
  /// - Throws: `MessagePortError` for ports that cannot be transferred, `CloneError` for a message that
  ///   cannot be cloned. Nothing has been sent then, and no port transferred. `IpcSendError` when there is no
  ///   page and none is sure to come, when the page does not read, and when the system has nothing left to
  ///   send it with: then the ports are closed.
  public func postMessage(
    _ channel: String, _ message: (any CloneEncodable)?, transfer: [MessagePortMain] = []
  ) throws {
    try mainFrame.postMessage(channel, message, transfer: transfer)
  }
}

extension WebFrameMain {
  /// Like `WebContents.postMessage`, to this frame only.
  public func postMessage(
    _ channel: String, _ message: (any CloneEncodable)?, transfer: [MessagePortMain] = []
  ) throws {
    let values: [CloneValue] = [.string(CloneString(channel)), try message?.cloneValue() ?? .null]
    let envelope = try Envelope.encode(.message, .array(CloneArray(values)))
    try MessagePortError.check(transfer)
    do throws(SendError) {
      try post(envelope, ports: MessagePortMain.take(transfer))
    } catch {
      throw IpcSendError(error)
    }
  }
}
