// Messages to the page.

public import MartletClone

extension WebContents {
  /// Sends a message to the page's main frame, where the preload's `ipcRenderer.on(channel, …)` receives it.
  ///
  /// If the window's first page has not begun yet, or a page is just beginning, the message is queued for
  /// that page. A message that was not sent, for instance because an argument cannot be cloned, is logged.
  ///
  /// Electron: `webContents.send(channel, ...args)`, which returns nothing.
  ///
  /// - Parameters:
  ///   - channel: The channel's name.
  ///   - arguments: The values to send.
  /// - Returns: Whether the message was sent. False if the page is gone. Also false if the page does not read
  ///   and 256 MiB are queued for it; its process is ended then.
  @discardableResult
  public func send<each A: CloneEncodable>(_ channel: String, _ arguments: repeat each A) -> Bool {
    mainFrame.send(channel, repeat each arguments)
  }

  /// Sends a message to one frame of this page. Electron: `sendToFrame([processId, frameId], …)`.
  ///
  /// - Parameters:
  ///   - processID: The `processID` of an event from that frame.
  ///   - frameID: The `frameID` of the same event.
  ///   - channel: The channel's name.
  ///   - arguments: The values to send.
  /// - Returns: Whether the frame exists and the message was sent.
  @discardableResult
  public func sendToFrame<each A: CloneEncodable>(
    processID: Int, frameID: Int, _ channel: String, _ arguments: repeat each A
  ) -> Bool {
    guard !isDestroyed,
      let frame = mainFrame.framesInSubtree.first(where: {
        $0.processID == processID && $0.routingID == frameID
      })
    else { return false }
    return frame.send(channel, repeat each arguments)
  }
}
