// One document that said hello: from then to its unload it owns one transport.

internal import MartletGLib
package import MartletIPC
internal import MartletClone

/// A page as it was loaded once. Reloading makes another.
package final class RendererDocument {
  /// Names the document on the wire; nobody else can know it.
  let token = randomToken()
  /// The characters of a token.
  static let tokenLength = 32
  /// Names it where the app may know it.
  package let frameToken = randomToken()
  package let frame: RendererFrame
  /// Where it was loaded from: of a main frame WebKit's word in this process, of another its process's word.
  package let url: String
  /// Its origin, likewise; `null` for an opaque one.
  package let origin: String
  /// `window.name` as it began.
  package let name: String
  /// WebKit's number of its frame.
  package let routingID: UInt64
  /// The process it is in; 0 when the kernel does not say.
  package let processID: Int32
  /// Whether this page may call the app: it got a preload, or could have.
  package let isTrusted: Bool
  package internal(set) var isVisible: Bool
  /// There from the end of `init` on.
  private(set) var transport: (any RendererTransport)!
  /// Nil when the view is gone.
  private weak var registry: DocumentRegistry?
  /// The log of the page that it is in.
  package let log: PageLog
  /// Whether it may be spoken to. When it is being left it may not, and may still speak.
  package private(set) var isAlive = true
  /// Whether nothing is heard from it any longer.
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

  /// Its own handlers are told that it is being left: it is not spoken to any more.
  func startLeaving() {
    isAlive = false
    transport.startLeaving()
  }

  /// The document has been left.
  func leave() {
    isAlive = false
    transport.leave()
  }

  /// The document is not to be heard any longer.
  func close() {
    isAlive = false
    transport.end(nil)
  }
}

extension RendererDocument: EnvelopeReceiver {
  /// Sorts what the document says: the only place that does.
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
