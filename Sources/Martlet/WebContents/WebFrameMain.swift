// Electron's webFrameMain: a frame of a page, seen from the main process.

internal import MartletGLib
internal import MartletIPC
public import MartletClone
internal import MartletWebHost

/// A frame of a page: the main frame, or a frame within the page.
///
/// ```swift
/// for frame in window.webContents.mainFrame.framesInSubtree { print(frame.url) }
/// ```
///
/// A main frame is one object for the lifetime of its `WebContents`, whatever page is loaded. A frame within
/// a page is one object until it is removed from the page, or the page is left. From then on `isDestroyed` is
/// true and the properties are empty; Electron throws instead. Frames that cannot run scripts (`sandbox`
/// without `allow-scripts`) are not listed.
///
/// Not all properties are equally trustworthy. WebKit in the app's own process has committed the `url` and
/// `origin` of a main frame, and a web process that claims another value is ended. For a frame within a page,
/// the page's web process reports `url`, `origin`, `name`, `parent`, and that it is not a main frame. Trust
/// these no more than the page as a whole. The kernel reports `osProcessID`.
///
/// `url`, `origin` and `name` are those with which the frame's document began.
///
/// Electron: `WebFrameMain`.
public final class WebFrameMain: EventSource {
  /// Receives messages of this frame, before `webContents.ipc` and `ipcMain` do. Electron: `frame.ipc`.
  public let ipc = IpcMain()
  public let _events = _EventTable()
  /// An id, unique in this process and the same for all documents of the frame.
  public let frameTreeNodeID: Int
  private(set) weak var contents: WebContents?
  private let frame: RendererFrame
  /// The document that this object represents if its frame shows another one. Nil otherwise.
  private let departed: RendererDocument?
  var scripts = PendingScripts()

  init(_ frame: RendererFrame, of contents: WebContents) {
    self.frame = frame
    self.contents = contents
    frameTreeNodeID = frame.treeNodeID
    departed = nil
  }

  /// The frame of a document that sends while it is unloading (S-13).
  init(departed document: RendererDocument, of contents: WebContents) {
    frame = document.frame
    self.contents = contents
    frameTreeNodeID = frame.treeNodeID
    departed = document
  }

  private var document: RendererDocument? { departed.map { $0.isEnded ? nil : $0 } ?? frame.document }

  // MARK: Identity

  /// The URL of the frame's document. Empty if there is none. For a frame within a page, the page's process
  /// reports it.
  public var url: String { document?.url ?? "" }

  /// The origin of the frame's document, such as `app://com.example.App`. `null` for an opaque origin, and if
  /// there is no document. For a frame within a page, the page's process reports it.
  public var origin: String { document?.origin ?? "null" }

  /// The frame's `window.name`, cut after 1,024 bytes.
  public var name: String { document?.name ?? "" }

  /// The token of the frame's document, equal to `webFrame.frameToken` in its preload. Empty if there is no
  /// document.
  public var frameToken: String { document?.frameToken ?? "" }

  /// WebKit's id of the frame. It is unique together with `processID`. Electron: `routingId`.
  public var routingID: Int { document.map { Int(truncatingIfNeeded: $0.routingID) } ?? 0 }

  /// The process id of the frame's web process. 0 if it is not known, as with script messages. Electron:
  /// `osProcessId`.
  public var osProcessID: Int { document.map { Int($0.processID) } ?? 0 }

  /// The same as `osProcessID`, because WebKit has no process ids of its own. Electron: `processId`.
  public var processID: Int { osProcessID }

  /// The document's visibility. `hidden` if there is no document.
  public var visibilityState: VisibilityState { document?.isVisible == true ? .visible : .hidden }

  /// The value of a frame's `document.visibilityState`.
  public enum VisibilityState: String, Sendable { case visible, hidden }

  // MARK: The frame tree

  /// The parent frame; nil for a main frame. The page's process reports it.
  public var parent: WebFrameMain? { isDestroyed ? nil : frame.parent.flatMap { contents?.frame($0) } }

  /// The main frame of the page; nil once this frame is destroyed.
  public var top: WebFrameMain? { isDestroyed ? nil : contents?.mainFrame }

  /// The child frames, in the order in which they were first loaded.
  public var frames: [WebFrameMain] {
    departed == nil ? frame.children.compactMap { contents?.frame($0) } : []
  }

  /// This frame and all its descendants, each before its children.
  public var framesInSubtree: [WebFrameMain] { [self] + frames.flatMap(\.framesInSubtree) }

  /// Whether this object represents a document that its frame no longer shows. The `senderFrame` of a message
  /// sent while unloading is detached.
  public var detached: Bool { departed != nil }

  /// Whether the frame no longer exists.
  public var isDestroyed: Bool { contents?.isDestroyed != false || departed?.isEnded ?? frame.isGone }

  // MARK: Messages and scripts

  /// Sends a message to the preload of this frame. For a main frame whose first page has not begun yet, the
  /// message is queued. A message that was not sent, for instance because an argument cannot be cloned, is
  /// logged.
  ///
  /// Electron: `frame.send(channel, ...args)`, which returns nothing.
  ///
  /// - Parameters:
  ///   - channel: The channel's name.
  ///   - arguments: The values to send.
  /// - Returns: Whether the message was sent to a document, or queued for one that is certain to load.
  @discardableResult
  public func send<each A: CloneEncodable>(_ channel: String, _ arguments: repeat each A) -> Bool {
    send(channel) {
      var values = [CloneValue.string(CloneString(channel))]
      for argument in repeat each arguments { values.append(try argument.cloneValue()) }
      return try Envelope.encode(.message, .array(CloneArray(values)))
    }
  }

  /// Sends a message that is encoded already: `[channel, ...arguments]`.
  package func send(_ channel: String, encoded message: [UInt8]) -> Bool {
    send(channel) { () throws in try Envelope.wrap(.message, encoded: message) }
  }

  private func send(_ channel: String, _ envelope: () throws -> EncodedEnvelope) -> Bool {
    do {
      try post(try envelope())
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

  /// Logs why a message was not sent (S-15).
  func report(_ error: SendError, _ channel: String) {
    let place = url.isEmpty ? "no page" : url.cut(to: PageLog.addressLimit)
    log("Error sending from webFrameMain: \(IpcSendError.message(of: error)): '\(channel)' (\(place))")
  }

  /// Bounded, because a page can make the app send any number of messages.
  private func log(_ line: @autoclosure () -> String) {
    (contents?.host.log ?? .shared).write(.unsent, line)
  }

  /// Reloads the frame's document. Electron: `frame.reload()`.
  ///
  /// - Returns: False if the document is gone.
  @discardableResult
  public func reload() -> Bool {
    guard !isDestroyed, let contents else { return false }
    if frame.isMain {
      contents.reload()
      return departed == nil
    }
    return run("location.reload()", inPage: false) != nil
  }

  /// Runs a script in the page's world of this frame, and returns the value of its last expression. A promise
  /// is awaited.
  ///
  /// The script runs in the current document at once, even if that is not parsed yet or is about to be left.
  /// Never insert data into the script's text: send data by IPC.
  ///
  /// Electron: `frame.executeJavaScript(code)`.
  ///
  /// - Parameter code: The script.
  /// - Returns: The script's value.
  /// - Throws: `ScriptError` with the error that the script threw, or if the frame's document is left first.
  @discardableResult
  public func executeJavaScript(_ code: String) async throws -> CloneValue {
    try await execute(code, inPage: true)
  }

  /// Runs a script like `executeJavaScript(_:)`, and converts its value to a Swift type.
  ///
  /// - Parameters:
  ///   - code: The script.
  ///   - type: The type of the result.
  /// - Throws: `ScriptError`, or `CloneTypeMismatch` if the value does not convert to that type.
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

  /// Sends a script to the frame's document. Returns nil if there is none.
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

  // MARK: Look-ups

  /// The frame with these ids; nil if its document is gone. Electron: `webFrameMain.fromId`.
  public static func from(processID: Int, routingID: Int) -> WebFrameMain? {
    first { $0.processID == processID && $0.routingID == routingID }
  }

  /// The frame of the document with this token; nil if the document is gone. Electron:
  /// `webFrameMain.fromFrameToken`.
  public static func from(processID: Int, frameToken: String) -> WebFrameMain? {
    first { $0.processID == processID && $0.frameToken == frameToken }
  }

  private static func first(where isWanted: (WebFrameMain) -> Bool) -> WebFrameMain? {
    WebContents.all.lazy.flatMap(\.mainFrame.framesInSubtree).first { $0.document != nil && isWanted($0) }
  }
}

extension WebFrameMain: @MainActor Equatable {
  /// Whether both are the same object.
  public static func == (left: WebFrameMain, right: WebFrameMain) -> Bool { left === right }
}

extension Event where Source == WebFrameMain, Payload == Void {
  /// The frame's document is parsed.
  public static var domReady: Self { Self("dom-ready") }
}
