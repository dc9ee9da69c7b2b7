// Electron's webFrameMain: a frame of a page as the main process sees it.

internal import MartletGLib
internal import MartletIPC
public import MartletClone
internal import MartletWebHost

/// A frame: the page itself, or one within it.
///
/// ```swift
/// for frame in window.webContents.mainFrame.framesInSubtree { print(frame.url) }
/// ```
///
/// A main frame is one object for as long as its `WebContents` lives, whatever page is in it; a frame within
/// a page is one object until it is taken out of the page, or the page is left. Afterwards `isDestroyed` is
/// true, and what it tells is empty: Electron throws there. Frames in which no script may run (`sandbox`
/// without `allow-scripts`) are not known.
///
/// Not all of it is equally sure. `url` and `origin` of a main frame are what WebKit in the app's own process
/// has committed, and a web process that says otherwise is ended. Of a frame within a page, all that is told
/// here is the word of that page's web process, and no more to be trusted than the page as a whole: `url`,
/// `origin`, `name`, `parent`, and that it is no main frame. `osProcessID` is the kernel's word.
///
/// Electron: `WebFrameMain`. `url`, `origin` and `name` are those with which the frame's document began.
public final class WebFrameMain: EventSource {
  /// Receives messages of this frame before `webContents.ipc` and `ipcMain` do.
  public let ipc = IpcMain()
  public let _events = _EventTable()
  /// Unique in this process; the same for all documents of the frame.
  public let frameTreeNodeID: Int
  private(set) weak var contents: WebContents?
  private let frame: RendererFrame
  /// The document that this stands for when the frame has gone on without it.
  private let departed: RendererDocument?
  var scripts = PendingScripts()

  init(_ frame: RendererFrame, of contents: WebContents) {
    self.frame = frame
    self.contents = contents
    frameTreeNodeID = frame.treeNodeID
    departed = nil
  }

  /// The frame of a document that speaks while it is being left (S-13).
  init(departed document: RendererDocument, of contents: WebContents) {
    frame = document.frame
    self.contents = contents
    frameTreeNodeID = frame.treeNodeID
    departed = document
  }

  private var document: RendererDocument? { departed.map { $0.isEnded ? nil : $0 } ?? frame.document }

  // MARK: What it is

  /// Where its document was loaded from; empty when there is none. Of a frame within a page, that page's
  /// process says so.
  public var url: String { document?.url ?? "" }

  /// The origin of its document, such as `app://com.example.App`; `null` for an opaque one, and when there is
  /// none. Of a frame within a page, that page's process says so.
  public var origin: String { document?.origin ?? "null" }

  /// Its `window.name`; cut after 1,024 bytes.
  public var name: String { document?.name ?? "" }

  /// Names its document, as `webFrame.frameToken` does in its preload; empty when there is none.
  public var frameToken: String { document?.frameToken ?? "" }

  /// WebKit's number of the frame, unique with `processID`.
  public var routingID: Int { document.map { Int(truncatingIfNeeded: $0.routingID) } ?? 0 }

  /// The process that shows it, as the kernel numbers it; 0 when that is not known, which is so on script
  /// messages.
  public var osProcessID: Int { document.map { Int($0.processID) } ?? 0 }

  /// As `osProcessID`: WebKit has no numbers of its own for its processes.
  public var processID: Int { osProcessID }

  /// The document's visibility. `hidden` if there is no document.
  public var visibilityState: VisibilityState { document?.isVisible == true ? .visible : .hidden }

  /// What a frame's `document.visibilityState` is.
  public enum VisibilityState: String, Sendable { case visible, hidden }

  // MARK: Where it is

  /// The frame that this one is in; nil for a main frame. The page's process says so.
  public var parent: WebFrameMain? { isDestroyed ? nil : frame.parent.flatMap { contents?.frame($0) } }

  /// The main frame of the page that it is in; nil once it is destroyed.
  public var top: WebFrameMain? { isDestroyed ? nil : contents?.mainFrame }

  /// The frames within it, in the order in which they were first loaded.
  public var frames: [WebFrameMain] {
    departed == nil ? frame.children.compactMap { contents?.frame($0) } : []
  }

  /// It and all frames within it: each before those in it.
  public var framesInSubtree: [WebFrameMain] { [self] + frames.flatMap(\.framesInSubtree) }

  /// Whether it is a document that its frame has gone on without: the `senderFrame` of a message that a page
  /// sent as it was left.
  public var detached: Bool { departed != nil }

  /// Whether it is gone for good.
  public var isDestroyed: Bool { contents?.isDestroyed != false || departed?.isEnded ?? frame.isGone }

  // MARK: What it does

  /// Sends a message to the preload of this frame. One to a main frame whose first page has not begun yet
  /// waits for it.
  ///
  /// - Returns: Whether there is a document that it was sent to, or one that is sure to come. What was not
  ///   sent, an argument that cannot be cloned for instance, is logged.
  @discardableResult
  public func send<each A: CloneEncodable>(_ channel: String, _ arguments: repeat each A) -> Bool {
    do {
      var values: [CloneValue] = [.string(CloneString(channel))]
      for argument in repeat each arguments { values.append(try argument.cloneValue()) }
      try post(try Envelope.encode(.message, .array(CloneArray(values))))
      return true
    } catch let error as SendError {
      report(error, channel)
    } catch {
      log("Error sending from webFrameMain: Failed to serialize arguments for '\(channel)': \(error)")
    }
    return false
  }

  func post(_ bytes: EncodedEnvelope, ports: [OwnedDescriptor] = []) throws(SendError) {
    guard !isDestroyed, departed == nil, let contents else { throw .closed }
    if frame.isMain { return try contents.host.send(bytes, ports: ports) }
    guard let document = frame.document else { throw .closed }
    try document.send(bytes, ports: ports)
  }

  /// Writes to the log why a message was not sent (S-15).
  func report(_ error: SendError, _ channel: String) {
    let place = url.isEmpty ? "no page" : url.cut(to: PageLog.addressLimit)
    log("Error sending from webFrameMain: \(IpcSendError.message(of: error)): '\(channel)' (\(place))")
  }

  /// A page may make the app send as often as it likes.
  private func log(_ line: @autoclosure () -> String) {
    (contents?.host.log ?? .shared).write(.unsent, line)
  }

  /// Loads its document again: false when it is gone.
  @discardableResult
  public func reload() -> Bool {
    guard !isDestroyed, let contents else { return false }
    if frame.isMain {
      contents.reload()
      return departed == nil
    }
    return run("location.reload()", inPage: false) != nil
  }

  /// Runs `code` in the frame's page world and returns the value of its last expression; a promise is
  /// awaited. The document that is there now gets it, be it parsed or not, about to be left or not.
  ///
  /// The code is a script of the app's own: put no data into its text; send data by IPC.
  ///
  /// - Throws: `ScriptError` with what the script threw, or when the frame's document is left first.
  @discardableResult
  public func executeJavaScript(_ code: String) async throws -> CloneValue {
    try await execute(code, inPage: true)
  }

  /// Like `executeJavaScript(_:)`, with the value as a Swift type.
  ///
  /// - Throws: `CloneTypeMismatch` when the value is something else, too.
  public func executeJavaScript<T: CloneDecodable>(_ code: String, as type: T.Type = T.self) async throws -> T
  {
    try await execute(code, inPage: true).converted(to: type)
  }

  func execute(_ code: String, inPage: Bool) async throws -> CloneValue {
    guard let pending = run(code, inPage: inPage) else {
      throw ScriptError.pageGone
    }
    return try await pending.value
  }

  /// Nil when nobody is there to run it.
  private func run(_ code: String, inPage: Bool) -> PendingScript? {
    let script = CloneObject([
      ("inPage", .bool(inPage)), ("source", .string(CloneString(code))), ("file", "executeJavaScript"),
    ])
    let pending = scripts.add()
    do {
      try post(try Envelope.encode(.evaluate, call: pending.call, .object(script)))
      return pending
    } catch SendError.closed {
      scripts.finish(pending.call, .failure(.pageGone))
      return nil
    } catch let error as SendError {
      let error = IpcSendError(error)
      scripts.finish(pending.call, .failure(ScriptError(error.code, error.message)))
    } catch {
      let code = (error as? any IpcError)?.code ?? .none
      scripts.finish(pending.call, .failure(ScriptError(code, "\(error)")))
    }
    return pending
  }

  // MARK: Finding one

  /// The frame with these numbers; nil when its document is gone. Electron: `webFrameMain.fromId`.
  public static func from(processID: Int, routingID: Int) -> WebFrameMain? {
    first { $0.processID == processID && $0.routingID == routingID }
  }

  /// The frame of the document with this token; nil when it is gone. Electron: `webFrameMain.fromFrameToken`.
  public static func from(processID: Int, frameToken: String) -> WebFrameMain? {
    first { $0.processID == processID && $0.frameToken == frameToken }
  }

  private static func first(where isWanted: (WebFrameMain) -> Bool) -> WebFrameMain? {
    WebContents.all.lazy.flatMap(\.mainFrame.framesInSubtree).first { $0.document != nil && isWanted($0) }
  }
}

extension WebFrameMain: @MainActor Equatable {
  /// Whether they are one object.
  public static func == (left: WebFrameMain, right: WebFrameMain) -> Bool { left === right }
}

extension Event where Source == WebFrameMain, Payload == Void {
  /// Its document is parsed.
  public static var domReady: Self { Self("dom-ready") }
}
