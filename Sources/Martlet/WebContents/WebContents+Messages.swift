// Messages to the page.

public import MartletClone

extension WebContents {
  /// Sends a message to the page's main frame: to the preload's `ipcRenderer.on(channel, …)`.
  ///
  /// A message to a window whose first page has not begun yet waits for it, and so does one to a page that is
  /// just beginning. What was not sent, an argument that cannot be cloned for instance, is logged.
  ///
  /// - Returns: Whether it was sent. False when the page is gone, and when it does not read and 256 MiB wait
  ///   for it already: then its process is ended, too.
  @discardableResult
  public func send<each A: CloneEncodable>(_ channel: String, _ arguments: repeat each A) -> Bool {
    mainFrame.send(channel, repeat each arguments)
  }

  /// Sends a message to one frame of this page, which an event's `processID` and `frameID` name. Electron:
  /// `sendToFrame([processId, frameId], …)`.
  ///
  /// - Returns: Whether there is such a frame and it was sent.
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
