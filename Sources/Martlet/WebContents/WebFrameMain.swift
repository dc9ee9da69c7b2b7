// A frame as the main process sees it. Frames below the main one have no bridge yet, so this is the main frame.

internal import IPC
public import StructuredClone
internal import WebHost

/// The frame of a page.
public struct WebFrameMain {
  let document: RendererDocument
  let contents: WebContents

  init(document: RendererDocument, contents: WebContents) {
    self.document = document
    self.contents = contents
  }

  /// Where the page was loaded from.
  public var url: String { document.url }

  /// Sends a message to this page only: nothing happens when it has been replaced by another.
  public func send<each A: CloneEncodable>(_ channel: String, _ arguments: repeat each A) {
    guard let frame = contents.encodeMessage(channel, repeat each arguments) else { return }
    document.send(frame)
  }
}
