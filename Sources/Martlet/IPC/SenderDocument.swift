// Which page a message came from, for as long as it is there.

internal import WebHost

/// Ties an event to the document that sent it.
struct SenderDocument {
  private let sender: WebContents
  private let document: RendererDocument

  init(_ document: RendererDocument, of sender: WebContents) {
    self.sender = sender
    self.document = document
  }

  var frame: WebFrameMain? {
    document.isAlive ? WebFrameMain(document: document, contents: sender) : nil
  }
}
