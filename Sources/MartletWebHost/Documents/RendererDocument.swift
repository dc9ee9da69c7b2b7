// One document, from its hello to its unload. It owns one transport.

internal import MartletGLib
package import MartletIPC
internal import MartletClone

/// One loading of a page. A reload makes another document.
package final class RendererDocument {
  /// Identifies the document on the wire; a secret between it and this process.
  let token = randomToken()
  /// The length of a token in characters.
  static let tokenLength = 32
  /// Identifies the document in the public API.
  package let frameToken = randomToken()
  package let frame: RendererFrame
  /// The document's URL: for a main frame as reported by WebKit in this process, for other frames as claimed
  /// by the web process.
  package let url: String
  /// The document's origin, from the same sources; `null` for an opaque one.
  package let origin: String
  /// `window.name` at the document's start.
  package let name: String
  /// WebKit's id of its frame.
  package let routingID: UInt64
  /// The document's process; 0 when the kernel does not tell.
  package let processID: Int32
  /// Whether this document may call the app: it has a preload, or was entitled to one.
  package let isTrusted: Bool
  package internal(set) var isVisible: Bool
  /// Set from the end of `init` on.
  private(set) var transport: (any RendererTransport)!
  /// Nil when the view has been destroyed.
  private weak var registry: DocumentRegistry?
  /// The log of its page.
  package let log: PageLog
  /// Whether envelopes may be sent to it. An unloading document receives none, but may still send.
  package private(set) var isAlive = true
  /// Whether the document is no longer listened to.
  package internal(set) var isEnded = false

  init(
    _ announcement: FrameAnnouncement, in frame: RendererFrame, of page: PageHost, isTrusted: Bool,
    isVisible: Bool
  ) {
    self.frame = frame
    registry = page.documents
    url = frame.isMain ? page.addressOfPage : announcement.url
    origin = frame.isMain ? page.address.origin(said: announcement.origin) : announcement.origin
    log = page.log
    name = announcement.frameName
    routingID = announcement.frame
    processID = announcement.processID
    self.isTrusted = isTrusted
    self.isVisible = isVisible
    transport =
      if let lane = announcement.lane {
        LaneTransport(lane, of: self)
      } else {
        ScriptMessageTransport(view: page.view, world: page.engine.world, token: token, of: self)
      }
  }

  /// Sends an encoded envelope, and ports with it.
  package func send(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor] = []) throws(SendError) {
    guard isAlive else { throw .closed }
    try transport.send(envelope, ports: ports)
  }

  /// The document is unloading: its unload handlers are running, and nothing more is sent to it.
  func startUnloading() {
    isAlive = false
    transport.startUnloading()
  }

  /// The document has been left.
  func leave() {
    isAlive = false
    transport.leave()
  }

  /// Stops listening to the document.
  func close() {
    isAlive = false
    transport.end(nil)
  }
}

extension RendererDocument: EnvelopeReceiver {
  /// Sorts the document's envelopes: no other code does.
  package func receive(_ envelope: Envelope, _ reply: SyncReply?) {
    guard let registry else { return }
    registry.heardCount += 1
    switch DocumentEnvelope(envelope) {
    case .call(let call): registry.calls?.receive(call, from: self, nil)
    case .syncCall(let call):
      registry.calls?.receive(call, from: self, reply ?? transport.syncReply(on: call.ports.first))
    case .lifecycle(let state): registry.document(self, isNow: state)
    case .result(let script, let answer): registry.document(self, didEvaluate: script, answer)
    case .unknown(let kind): report(.unknownKind(kind))
    }
  }

  package func receivedEnd(_ violation: String?) {
    registry?.ended(self, violation)
  }
}
