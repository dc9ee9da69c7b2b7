// The documents of one web view, from their hello to their end: which of them a message is from is known from
// the token that it got, and whose view it came from.

internal import CMartletWebKit
internal import MartletGLib
internal import MartletIPC
internal import MartletClone

final class DocumentRegistry {
  private unowned let host: PageHost
  let frames = FrameTree()
  /// Every document that can still be heard, by its token: those that are being left, too.
  private var heard: [String: RendererDocument] = [:]
  /// Those of them that have been left and may still speak, and how many may at a time: each has a socket in
  /// this process.
  private var leaving: [RendererDocument] = []
  private static let leavingLimit = 256
  /// Documents that say no hello are there, too: see document-open.js.
  private let announcements = Rendezvous<FrameAnnouncement>()
  /// How many frames of a page are known at a time: each has a socket in this process.
  private static let frameLimit = 256
  /// What is sent to a page that is sure to come (S-17): the view's first one, and one that is there but has
  /// not said hello yet. Nil when none is.
  private var held: HeldEnvelopes? = HeldEnvelopes()

  /// How many envelopes have come from all of them.
  var heardCount = 0
  /// Receives what their scripts call.
  weak var calls: (any IpcCallReceiver<RendererDocument>)?

  /// How many pages have been in the view.
  private(set) var pages = 0

  init(_ host: PageHost) {
    self.host = host
  }

  private var delegate: (any PageHostDelegate)? { host.delegate }

  /// The main frame's document, once it has said hello.
  var main: RendererDocument? { frames.main.document }

  /// Sends an envelope to the main document, or holds it for one that is sure to come.
  func send(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor]) throws(SendError) {
    if let main { return try main.send(envelope, ports: ports) }
    guard held != nil else { throw .closed }
    try held!.append(envelope, ports: ports)
  }

  /// WebKit has another page in the view, whose hello is to come.
  func commit() {
    pages += 1
    leaveMain()
    host.log.endPage()
    held = held ?? HeldEnvelopes()
  }

  /// No hello is to come.
  func expectNobody() {
    held = nil
    delegate?.pageHostExpectsNobody(host)
  }

  /// The web process says that a frame's document has begun.
  func announce(_ announcement: FrameAnnouncement) {
    announcements.add(announcement, as: announcement.name)
  }

  /// A document begins. Its preload is in the answer, so its script waits for nothing else.
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
      // Those of the page that was in the view.
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

  /// Whether a web process may be right in what it says of its page. One that is not is not to be trusted
  /// with anything.
  private func isCredible(_ announcement: FrameAnnouncement) -> Bool {
    guard announcement.isMainFrame, !announcement.isTooLong,
      host.address.contradicts(url: announcement.url, origin: announcement.origin)
    else { return true }
    host.log.write(.dropped) {
      let (here, said) = (host.addressOfPage, announcement.url)
      return
        "dropped the renderer of \(here.cut(to: 300)): it says that it shows \(said.cut(to: 300)), "
        + "of the origin \(announcement.origin.cut(to: 300))"
    }
    return false
  }

  /// Script messages reach main frames only.
  private func mayEnter(_ announcement: FrameAnnouncement) -> Bool {
    guard let reason = reasonToStayOut(announcement) else { return true }
    host.log.write(.noBridge) { "\(reason): no bridge in \(announcement.url.cut(to: PageLog.addressLimit))" }
    return false
  }

  private func reasonToStayOut(_ announcement: FrameAnnouncement) -> String? {
    if announcement.isTooLong { return "an address of more than \(FrameAnnouncement.addressLimit >> 20) MiB" }
    if announcement.isMainFrame || frames.has(announcement) { return nil }
    if announcement.lane == nil { return "frames within a page need the lane, which there is none of" }
    return frames.count < Self.frameLimit ? nil : "more than \(Self.frameLimit) frames in a page"
  }

  /// Documents of foreign or opaque origins never are; those in frames are when the app says so, and all
  /// around them is trusted. A page is where WebKit in this process says that it is; of the frames in it, its
  /// process says that.
  private func isTrusted(_ announcement: FrameAnnouncement, in frame: RendererFrame) -> Bool {
    if frame.isMain { return host.gate.isOwn(announcement.url) && host.gate.isOwn(host.addressOfPage) }
    guard host.trustsSubframes, let parent = frame.parent?.document else { return false }
    return parent.isTrusted && parent.processID == announcement.processID
      && host.gate.isOwn(announcement.origin)
  }

  /// A page whose process is not to be trusted, or does not listen, cannot go on. One that has been replaced by another
  /// process's goes by itself.
  private func endProcess(of document: RendererDocument) {
    let isThere = document.frame.document === document
    if isThere || document.processID != 0 && document.processID == main?.processID { host.endProcess() }
  }

  func document(_ document: RendererDocument, isNow state: DocumentEnvelope.Lifecycle) {
    switch state {
    // Each document that has been in a frame may say so, and a main frame is there as long as the view.
    case .gone: if !document.frame.isMain, !document.frame.isGone { remove(document.frame) }
    case .unloading: document.startLeaving()
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
    leaving.removeAll { $0 === document }
    document.isEnded = true
    if document.frame.document === document { leave(document.frame) }
    delegate?.pageHost(host, didStopHearing: document)
  }

  /// The document that is in a frame is being left.
  private func leave(_ frame: RendererFrame) {
    guard let document = frame.document else { return }
    frames.set(nil, in: frame)
    document.leave()
    if !document.isEnded { leaving.append(document) }
    delegate?.pageHost(host, didEnd: document)
    if leaving.count > Self.leavingLimit { leaving[0].close() }
  }

  /// A frame is no part of the page any more, nor are those in it.
  private func remove(_ frame: RendererFrame) {
    for gone in frames.remove(frame) {
      leave(gone)
      delegate?.pageHost(host, didRemove: gone)
    }
  }

  /// The main document that was there is being left, and all in its frames.
  func leaveMain() {
    for frame in frames.main.children { remove(frame) }
    leave(frames.main)
  }

  /// How long the windows wait for that.
  private static let drainMilliseconds = 250

  /// Delivers what all documents have sent already, those that are being left among them.
  func drain() {
    let end = g_get_monotonic_time() + Self.drainMilliseconds * 1000
    // A listener may end any of them meanwhile.
    for document in Array(heard.values) { document.transport.drain(until: end) }
  }

  /// Nothing of any document is listened to any longer.
  func close() {
    expectNobody()
    leaveMain()
    for document in Array(heard.values) { document.close() }
    heard = [:]
    leaving = []
  }

  // MARK: Requests and script messages

  func sync(_ call: PrivateRequest) {
    guard let transport = scriptMessages(of: call.document) else { return call.refuse() }
    transport.receiveSync(call.payload) { call.finish($0.joined()) }
  }

  /// A preload asks for a file of the app: `{ from, specifier }`.
  func module(_ call: PrivateRequest) {
    guard let document = heard[call.document], document.isTrusted,
      let asked = try? CycleCollector.onMainLoop.decode(call.payload.span.bytes),
      let from = try? String.decode(from: asked["from"]),
      let specifier = try? String.decode(from: asked["specifier"])
    else { return call.refuse() }
    call.finish(PreloadModule(specifier, from: from, in: host.engine.root)?.value ?? .undefined)
  }

  /// A token and an envelope as text.
  func scriptMessage(_ text: String) {
    let token = String(decoding: text.utf8.prefix(RendererDocument.tokenLength), as: UTF8.self)
    scriptMessages(of: token)?.receive(
      text: String(decoding: text.utf8.dropFirst(RendererDocument.tokenLength), as: UTF8.self))
  }

  /// Whether the document's envelopes come by script messages, its synchronous ones by the private scheme.
  func takesScriptMessages(of token: String) -> Bool { scriptMessages(of: token) != nil }

  private func scriptMessages(of token: String) -> ScriptMessageTransport? {
    heard[token]?.transport as? ScriptMessageTransport
  }
}
