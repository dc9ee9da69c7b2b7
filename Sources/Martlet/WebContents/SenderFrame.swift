// The frame that sent a message, available while the sending document exists.

internal import MartletWebHost

/// Refers to the document that sent a message.
struct SenderFrame {
  private let contents: WebContents
  private let document: RendererDocument
  /// Set if the document was unloading when it sent the message (S-13).
  private let departed: WebFrameMain?

  init(of document: RendererDocument, in contents: WebContents) {
    self.contents = contents
    self.document = document
    departed = document.isAlive ? nil : WebFrameMain(departed: document, of: contents)
  }

  var processID: Int { Int(document.processID) }
  var frameID: Int { Int(truncatingIfNeeded: document.routingID) }

  /// The frame, while the document exists (S-44).
  var frame: WebFrameMain? {
    if let departed { return departed.isDestroyed ? nil : departed }
    return document.isAlive ? contents.frame(document.frame) : nil
  }
}
