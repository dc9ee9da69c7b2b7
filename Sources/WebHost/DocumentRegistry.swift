// The documents of one web view, from their hello to their end: which of them a message is from is known from the
// token that it got, and whose view it came from.

internal import CWebKit
internal import GLibKit
internal import IPC
internal import StructuredClone

final class DocumentRegistry {
  private unowned let host: PageHost
  /// The main frame's document, once it has said hello.
  private(set) var main: RendererDocument?
  /// Every document that can still be heard, by its token: those that are being left, too.
  private var heard: [String: RendererDocument] = [:]
  private let announcements = Announcements()
  /// Frames for a page that has not said hello yet (S-17).
  private var held: [(frame: [UInt8], ports: [OwnedDescriptor])] = []

  init(_ host: PageHost) {
    self.host = host
  }

  /// Sends a frame to the main document, or holds it for the first one to come.
  func send(_ frame: [UInt8], ports: [OwnedDescriptor]) {
    if let main { main.send(frame, ports: ports) } else { held.append((frame, ports)) }
  }

  /// The web process says that a frame's document has begun.
  func announce(_ announcement: FrameAnnouncement) {
    announcements.add(announcement)
  }

  /// A document begins. Its preload is in the answer, so its script waits for nothing else.
  func hello(_ call: PrivateRequest) {
    guard let payload = try? CycleCollector.shared.decode(call.payload.span.bytes),
      let name = try? UInt32.decode(from: payload["name"])
    else { return call.refuse() }
    announcements.take(name) { [weak self] announcement in
      if let self { hello(call, announcement) } else { call.refuse() }
    }
  }

  private func hello(_ call: PrivateRequest, _ announcement: FrameAnnouncement) {
    guard let delegate = host.delegate, announcement.isMainFrame else { return call.refuse() }
    let url = host.uri
    main?.leave()
    let document = RendererDocument(url: url, isTrusted: host.gate.isOwn(url)) { token in
      if let lane = announcement.lane { return LaneTransport(lane) }
      return ScriptMessageTransport(view: host.view, world: host.engine.world, document: token)
    }
    listen(to: document)
    main = document
    call.finish(
      delegate.pageHost(host, configurationFor: document).value(
        document: document.token, usesLane: announcement.lane != nil))
    let waiting = held
    held = []
    for (frame, ports) in waiting { document.send(frame, ports: ports) }
  }

  private func listen(to document: RendererDocument) {
    heard[document.token] = document
    document.transport.onFrame = { [weak self, unowned document] frame, reply in
      guard let self else { return }
      host.delegate?.pageHost(host, didReceive: frame, reply, from: document)
    }
    document.transport.onViolation = { [weak self, unowned document] error in
      Log.warning("dropped the renderer of \(document.url): it sent \(error)")
      self?.end(document)
    }
    document.transport.onEnd = { [weak self, unowned document] in
      self?.heard[document.token] = nil
    }
  }

  private func end(_ document: RendererDocument) {
    if document === main { leaveMain() }
  }

  /// The main document that was there is being left.
  func leaveMain() {
    guard let document = main else { return }
    main = nil
    document.leave()
    host.delegate?.pageHost(host, didEnd: document)
  }

  /// Nothing of any document is listened to any longer.
  func close() {
    leaveMain()
    for document in heard.values { document.close() }
    heard = [:]
  }

  // MARK: Requests and script messages

  func sync(_ call: PrivateRequest) {
    guard let transport = scriptMessages(of: call.document) else { return call.refuse() }
    transport.receiveSync(call.payload) { call.finish($0) }
  }

  /// A preload asks for a file of the app: `{ from, specifier }`.
  func module(_ call: PrivateRequest) {
    guard let document = heard[call.document], document.isTrusted,
      let asked = try? CycleCollector.shared.decode(call.payload.span.bytes),
      let from = try? String.decode(from: asked["from"]),
      let specifier = try? String.decode(from: asked["specifier"])
    else { return call.refuse() }
    call.finish(PreloadModule(specifier, from: from, in: host.engine.root)?.value ?? .undefined)
  }

  /// A token and a frame as text.
  func scriptMessage(_ text: String) {
    guard text.utf8.count > RendererDocument.tokenLength else { return }
    let token = String(text.prefix(RendererDocument.tokenLength))
    scriptMessages(of: token)?.receive(text: String(text.dropFirst(RendererDocument.tokenLength)))
  }

  private func scriptMessages(of token: String) -> ScriptMessageTransport? {
    heard[token]?.transport as? ScriptMessageTransport
  }
}
