// postMessage: sends a message with ports to a page.

internal import MartletIPC
public import MartletClone
internal import MartletWebHost

extension WebContents {
  /// Sends a message and ports to the page's main frame. The preload's `ipcRenderer.on(channel, …)` receives
  /// it, with the ports in `event.ports`.
  ///
  /// Like `send`, it queues the message for the first page of a new window. Electron:
  /// `webContents.postMessage(channel, message, [transfer])`.
  ///
  /// - Parameters:
  ///   - channel: The channel's name.
  ///   - message: Any value that can be cloned; `nil` arrives as `null`.
  ///   - transfer: Ports to transfer. They cannot be used here afterwards.
  /// - Throws: `MessagePortError` if a port cannot be transferred, or `CloneError` if the message cannot be
  ///   cloned: then nothing was sent, and no port transferred. `IpcSendError` if there is no page and none is
  ///   certain to load, if the page does not read, or if the system has no memory or descriptors left: then
  ///   the transferred ports are closed.
  public func postMessage(
    _ channel: String, _ message: (any CloneEncodable)?, transfer: [MessagePortMain] = []
  ) throws {
    try mainFrame.postMessage(channel, message, transfer: transfer)
  }
}

extension WebFrameMain {
  /// Sends a message and ports to this frame only: see `WebContents.postMessage`. Electron:
  /// `frame.postMessage(channel, message, [transfer])`.
  public func postMessage(
    _ channel: String, _ message: (any CloneEncodable)?, transfer: [MessagePortMain] = []
  ) throws {
    let values: [CloneValue] = [.string(CloneString(channel)), try message?.cloneValue() ?? .null]
    try postMessage(Envelope.encode(.message, .array(CloneArray(values))), transfer)
  }

  /// Sends a message that is encoded already: `[channel, message]`.
  package func postMessage(encoded message: [UInt8], transfer: [MessagePortMain]) throws {
    try postMessage(Envelope.wrap(.message, encoded: message), transfer)
  }

  private func postMessage(_ envelope: EncodedEnvelope, _ transfer: [MessagePortMain]) throws {
    try MessagePortError.check(transfer)
    do throws(SendError) {
      try post(envelope, ports: MessagePortMain.take(transfer))
    } catch {
      throw IpcSendError(error)
    }
  }
}
