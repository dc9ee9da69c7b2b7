// One document that said hello: from then to its unload it owns one transport.

internal import IPC
internal import StructuredClone

/// A page as it was loaded once. Reloading makes another.
package final class RendererDocument {
  /// Names the document on the wire; nobody else can know it.
  let token = randomToken()
  package let url: String
  /// Whether this page may call the app: it got a preload, or could have.
  package let isTrusted: Bool
  let transport: any RendererTransport
  package private(set) var isAlive = true

  init(url: String, isTrusted: Bool, makeTransport: (String) -> any RendererTransport) {
    self.url = url
    self.isTrusted = isTrusted
    transport = makeTransport(token)
  }

  /// Sends an encoded frame; nothing happens when the document is gone.
  package func send(_ frame: [UInt8]) {
    if isAlive { transport.send(frame) }
  }

  func close() {
    isAlive = false
    transport.close()
  }
}
