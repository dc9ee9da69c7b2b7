// postMessage: a message with ports.

internal import IPC
public import StructuredClone
internal import WebHost

extension WebContents {
  /// Sends a message and ports to the page's main frame: to the preload's `ipcRenderer.on(channel, …)`, whose event
  /// has them in `ports`.
  ///
  /// Like `send`, it waits for the first page of a new window.
  ///
  /// - Parameters:
  ///   - channel: The listeners' channel.
  ///   - message: Anything that can be cloned; `nil` arrives as `undefined`.
  ///   - transfer: Ports that the page gets; they are of no use here afterwards.
  /// - Throws: `MessagePortError` for ports that cannot be transferred, `CloneError` for a message that cannot be
  ///   cloned. Nothing has been sent then, and no port transferred. Unlike Electron's it does not throw when the page
  ///   is gone: the ports are closed.
  public func postMessage(
    _ channel: String, _ message: (any CloneEncodable)?, transfer: [MessagePortMain] = []
  ) throws {
    let frame = try Self.encodePost(channel, message, transfer)
    let ports = transfer.compactMap { $0.neuter() }
    if !isDestroyed { host.send(frame, ports: ports) }
  }

  static func encodePost(
    _ channel: String, _ message: (any CloneEncodable)?, _ transfer: [MessagePortMain]
  ) throws -> EncodedFrame {
    let values: [CloneValue] = [.string(CloneString(channel)), try message?.cloneValue() ?? .undefined]
    let frame = try Frame.encode(.message, .array(CloneArray(values)))
    try MessagePortError.check(transfer)
    return frame
  }
}

extension WebFrameMain {
  /// Like `WebContents.postMessage`, to this frame only.
  public func postMessage(
    _ channel: String, _ message: (any CloneEncodable)?, transfer: [MessagePortMain] = []
  ) throws {
    let frame = try WebContents.encodePost(channel, message, transfer)
    _ = post(frame, ports: transfer.compactMap { $0.neuter() })
  }
}
