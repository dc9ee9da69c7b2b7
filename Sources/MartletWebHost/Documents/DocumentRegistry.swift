// The documents of one web view, from hello to end. The sender of a message is known from the token that the
// document was given, and from the view that the message came from.

internal import CMartletWebKit
internal import MartletGLib
internal import MartletIPC
internal import MartletClone

final class DocumentRegistry {
  private unowned let host: PageHost
  let frames = FrameTree()
  /// Every document that is still listened to, by its token, including unloading ones.
  private var heard: [String: RendererDocument] = [:]
  /// Documents that are unloading but may still send, and the limit of their number: each has a socket in
  /// this process.
  private var unloading: [RendererDocument] = []
  private static let unloadingLimit = 256
  /// Announcements of documents that never say hello are here too: see first-window.js.
  private let announcements = Rendezvous<FrameAnnouncement>()
  /// Limit of a page's known frames: each has a socket in this process.
  private static let frameLimit = 256
  /// Envelopes held for a page that is certain to load (S-17): the view's first page, or a committed one that
  /// has not said hello yet. Nil when no such page is expected.
  private var held: HeldEnvelopes? = HeldEnvelopes()

  /// The number of envelopes received from all documents.
  var heardCount = 0
  /// Receives the calls of the documents' scripts.
  weak var calls: (any IpcCallReceiver<RendererDocument>)?

  /// The number of pages that have been in the view.
  private(set) var pages = 0

  init(_ host: PageHost) {
    self.host = host
  }

  private var delegate: (any PageHostDelegate)? { host.delegate }

  /// The main frame's document, once it has said hello.
  var main: RendererDocument? { frames.main.document }

  /// Sends an envelope to the main document, or holds it for one that is certain to load.
  func send(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor]) throws(SendError) {
    if let main { return try main.send(envelope, ports: ports) }
    guard held != nil else { throw .closed }
    try held!.append(envelope, ports: ports)
  }

  /// WebKit has committed another page, whose hello is still to come.
  func commit() {
    pages += 1
    leaveMain()
    host.log.endPage()
    held = held ?? HeldEnvelopes()
  }

  /// No hello is expected any more.
  func expectNobody() {
    held = nil
    delegate?.pageHostExpectsNobody(host)
  }

  /// The web process announces that a frame's document has begun.
  func announce(_ announcement: FrameAnnouncement) {
    announcements.add(announcement, as: announcement.name)
  }

  /// A document says hello. The answer contains its preload, so its script waits for nothing else.
  func hello(_ call: PrivateRequest) {
    guard let payload = try? CycleCollector.onMainLoop.decode(call.payload.span.bytes),
      let name = try? UInt32.decode(from: payload["name"])
    else { return call.refuse() }
    announcements.take(
      name,
      { [weak self] announcement in
        guard let self else { return call.refuse() }
        hello(call, announcement, isVisible: payload["visibility"].isEquivalent(to: "visible"))
      }, orRefuse: { call.refuse() })
  }

  private func hello(_ call: PrivateRequest, _ announcement: FrameAnnouncement, isVisible: Bool) {
    guard let delegate else { return call.refuse() }
    guard isCredible(announcement) else {
      call.refuse()
      return host.endProcess()
    }
    host.engine.checkSandbox(of: announcement, in: host)
    guard mayEnter(announcement) else {
      if announcement.isMainFrame { expectNobody() }
      return call.finish(.undefined)
    }
    let isNew = !frames.has(announcement)
    let frame = frames.frame(announcement)
    if frame.isMain {
      // Announcements of the previous page.
      announcements.refuseAll()
      leaveMain()
    } else {
      leave(frame)
    }
    let document = RendererDocument(
      announcement, in: frame, of: host, isTrusted: isTrusted(announcement, in: frame), isVisible: isVisible)
    heard[document.token] = document
    frames.set(document, in: frame)
    if isNew { delegate.pageHost(host, didCreate: frame) }
    delegate.pageHost(host, didBegin: document)
    call.finish(
      delegate.pageHost(host, configurationFor: document).value(
        document: document, usesLane: announcement.lane != nil))
    guard frame.isMain, let waiting = held else { return }
    held = nil
    for (envelope, ports) in waiting.envelopes { try? document.send(envelope, ports: ports) }
  }

  /// Whether a web process's announcement is consistent with what WebKit says of the page here. A process
  /// that lies is not trusted at all.
  private func isCredible(_ announcement: FrameAnnouncement) -> Bool {
    guard announcement.isMainFrame, !announcement.isTooLong,
      host.address.contradicts(url: announcement.url, origin: announcement.origin)
    else { return true }
    host.log.write(.dropped) {
      let (here, said) = (host.addressOfPage, announcement.url)
      return
        "dropped the renderer of \(here.cut(to: 300)): it claims to show \(said.cut(to: 300)), "
        + "of origin \(announcement.origin.cut(to: 300))"
    }
    return false
  }

  /// Without a lane only main frames are admitted: script messages reach no other frames.
  private func mayEnter(_ announcement: FrameAnnouncement) -> Bool {
    guard let reason = reasonToStayOut(announcement) else { return true }
    host.log.write(.noBridge) { "no bridge in \(announcement.url.cut(to: PageLog.addressLimit)): \(reason)" }
    return false
  }

  private func reasonToStayOut(_ announcement: FrameAnnouncement) -> String? {
    if announcement.isTooLong { return "its address exceeds \(FrameAnnouncement.addressLimit >> 20) MiB" }
    if announcement.isMainFrame || frames.has(announcement) { return nil }
    if announcement.lane == nil {
      return "it is a subframe, and script messages (MARTLET_TRANSPORT) reach main frames only"
    }
    return frames.count < Self.frameLimit ? nil : "the page has \(Self.frameLimit) frames, which is the limit"
  }

  /// Whether a document may call the app. Documents of foreign or opaque origins may not. Documents in
  /// subframes may if the app allows it and all frames around them are trusted. A page's address is the one
  /// that WebKit in this process reports; for the frames in it, the web process's claim is used.
  private func isTrusted(_ announcement: FrameAnnouncement, in frame: RendererFrame) -> Bool {
    if frame.isMain { return host.gate.isOwn(announcement.url) && host.gate.isOwn(host.addressOfPage) }
    guard host.trustsSubframes, let parent = frame.parent?.document else { return false }
    return parent.isTrusted && parent.processID == announcement.processID
      && host.gate.isOwn(announcement.origin)
  }

  /// Ends the process of a page that is untrustworthy or unresponsive. A page that was replaced by one in
  /// another process goes by itself.
  private func endProcess(of document: RendererDocument) {
    let isThere = document.frame.document === document
    if isThere || document.processID != 0 && document.processID == main?.processID { host.endProcess() }
  }

  func document(_ document: RendererDocument, isNow state: DocumentEnvelope.Lifecycle) {
    switch state {
    // Every document that has been in a frame may send this, and a main frame lives as long as the view.
    case .gone: if !document.frame.isMain, !document.frame.isGone { remove(document.frame) }
    case .unloading: document.startUnloading()
    case .reopened: document.close()
    case .visibility(let isVisible): document.isVisible = isVisible
    case .domReady: if document.isAlive { delegate?.pageHost(host, didParse: document) }
    case .loaded: if document.isAlive { delegate?.pageHost(host, didLoad: document) }
    case .painted: if document.frame.isMain { delegate?.pageHostDidPaint(host) }
    case .preloadError(let error):
      if document.isTrusted { delegate?.pageHost(host, preloadDidThrow: error) }
    }
  }

  func document(_ document: RendererDocument, didEvaluate script: UInt32, _ answer: CloneValue) {
    if document.isAlive { delegate?.pageHost(host, didEvaluate: script, answer, in: document.frame) }
  }

  func ended(_ document: RendererDocument, _ violation: String?) {
    if let violation {
      document.log.write(.dropped) {
        "dropped the renderer of \(document.url.cut(to: PageLog.addressLimit)): \(violation)"
      }
      endProcess(of: document)
    }
    heard[document.token] = nil
    unloading.removeAll { $0 === document }
    document.isEnded = true
    if document.frame.document === document { leave(document.frame) }
    delegate?.pageHost(host, didStopHearing: document)
  }

  /// The document in this frame starts to unload.
  private func leave(_ frame: RendererFrame) {
    guard let document = frame.document else { return }
    frames.set(nil, in: frame)
    document.leave()
    if !document.isEnded { unloading.append(document) }
    delegate?.pageHost(host, didEnd: document)
    if unloading.count > Self.unloadingLimit { unloading[0].close() }
  }

  /// A frame, with all its subframes, is no longer part of the page.
  private func remove(_ frame: RendererFrame) {
    for gone in frames.remove(frame) {
      leave(gone)
      delegate?.pageHost(host, didRemove: gone)
    }
  }

  /// The current main document starts to unload, with all documents in its subframes.
  func leaveMain() {
    for frame in frames.main.children { remove(frame) }
    leave(frames.main)
  }

  /// How long this thread runs for `drain`, for which the windows wait. Other processes do not shorten it, so
  /// a busy machine loses no envelopes.
  private static let drainMilliseconds = 250

  /// Delivers the envelopes that all documents have already sent, unloading ones included.
  func drain() {
    let end = ThreadTime.now + Self.drainMilliseconds * 1000
    // A listener may end any of them during the loop.
    for document in Array(heard.values) { document.transport.drain(until: end) }
  }

  /// Stops listening to all documents.
  func close() {
    expectNobody()
    leaveMain()
    for document in Array(heard.values) { document.close() }
    heard = [:]
    unloading = []
  }

  // MARK: Requests and script messages

  func sync(_ call: PrivateRequest) {
    guard let transport = scriptMessages(of: call.document) else { return call.refuse() }
    transport.receiveSync(call.payload) { call.finish($0.joined()) }
  }

  /// A preload requires a file of the app: `{ from, specifier }`.
  func module(_ call: PrivateRequest) {
    guard let document = heard[call.document], document.isTrusted,
      let asked = try? CycleCollector.onMainLoop.decode(call.payload.span.bytes),
      let from = try? String.decode(from: asked["from"]),
      let specifier = try? String.decode(from: asked["specifier"])
    else { return call.refuse() }
    call.finish(PreloadModule(specifier, from: from, in: host.engine.root)?.value ?? .undefined)
  }

  /// A script message: a token and an envelope as text.
  func scriptMessage(_ text: String) {
    let token = String(decoding: text.utf8.prefix(RendererDocument.tokenLength), as: UTF8.self)
    scriptMessages(of: token)?.receive(
      text: String(decoding: text.utf8.dropFirst(RendererDocument.tokenLength), as: UTF8.self))
  }

  /// Whether the document's envelopes come as script messages, and its synchronous ones by the private
  /// scheme.
  func takesScriptMessages(of token: String) -> Bool { scriptMessages(of: token) != nil }

  private func scriptMessages(of token: String) -> ScriptMessageTransport? {
    heard[token]?.transport as? ScriptMessageTransport
  }
}
