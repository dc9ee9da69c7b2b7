// One document that said hello: from then to its unload it owns one transport.

package import IPC
internal import StructuredClone

/// A page as it was loaded once. Reloading makes another.
package final class RendererDocument {
  /// Names the document on the wire; nobody else can know it.
  let token = randomToken()
  /// The characters of a token.
  static let tokenLength = 32
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

  /// Sends an encoded frame, and ports with it; nothing happens when the document is gone.
  package func send(_ frame: [UInt8], ports: [OwnedDescriptor] = []) {
    if isAlive { transport.send(frame, ports: ports) }
  }

  /// The document is being left.
  func leave() {
    isAlive = false
    transport.leave()
  }

  /// The document is not to be heard any longer.
  func close() {
    isAlive = false
    transport.close()
  }
}
