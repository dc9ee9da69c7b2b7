// Which document a message came from, for as long as it is there.

internal import MartletWebHost

/// Ties an event to the document that sent it.
struct SenderDocument {
  private let sender: WebContents
  private let document: RendererDocument
  /// Set when the document was being left as it spoke (S-13).
  private let departed: WebFrameMain?

  init(_ document: RendererDocument, of sender: WebContents) {
    self.sender = sender
    self.document = document
    departed = document.isAlive ? nil : WebFrameMain(departed: document, of: sender)
  }

  var processID: Int { Int(document.processID) }
  var frameID: Int { Int(truncatingIfNeeded: document.routingID) }

  /// The frame, while that document is in it (S-44).
  var frame: WebFrameMain? {
    if let departed { return departed.isDestroyed ? nil : departed }
    return document.isAlive ? sender.frame(document.frame) : nil
  }
}
