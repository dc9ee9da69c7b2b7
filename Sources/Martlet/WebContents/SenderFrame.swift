// The frame that a message came from, for as long as the document that sent it is there.

internal import MartletWebHost

/// Ties an event to the document that sent it.
struct SenderFrame {
  private let contents: WebContents
  private let document: RendererDocument
  /// Set when the document was being left as it spoke (S-13).
  private let departed: WebFrameMain?

  init(of document: RendererDocument, in contents: WebContents) {
    self.contents = contents
    self.document = document
    departed = document.isAlive ? nil : WebFrameMain(departed: document, of: contents)
  }

  var processID: Int { Int(document.processID) }
  var frameID: Int { Int(truncatingIfNeeded: document.routingID) }

  /// The frame, while that document is in it (S-44).
  var frame: WebFrameMain? {
    if let departed { return departed.isDestroyed ? nil : departed }
    return document.isAlive ? contents.frame(document.frame) : nil
  }
}
