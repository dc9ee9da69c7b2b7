// Electron's webContents: one web view and the page in it. The Swift state lives here; WebHost owns the GTK side.

internal import IPC
public import StructuredClone
internal import GLibKit
internal import WebHost

/// The page of a window: loading, messaging, scripting.
///
/// Electron: `WebContents`.
public final class WebContents: EventSource {
  /// Unique in this process, from 1.
  public let id: Int
  /// Receives messages of this page before `ipcMain` does.
  public let ipc = IpcMain()
  public let events = EventTable()
  let host: PageHost
  private let listener = PageListener()
  let preferences: WebPreferences
  public private(set) var isDestroyed = false
  var scripts = PendingScripts()
  /// Whoever shows this page.
  weak var window: BrowserWindow?

  private static var lastID = 0
  private static var living: [Int: WeakContents] = [:]

  init(_ preferences: WebPreferences, engine: WebEngine) {
    Self.lastID += 1
    id = Self.lastID
    self.preferences = preferences
    host = PageHost(engine: engine, contentSecurityPolicy: preferences.contentSecurityPolicy)
    if let preload = preferences.preload { engine.hide(preload) }
    listener.contents = self
    host.delegate = listener
    Self.living[id] = WeakContents(contents: self)
  }

  /// The contents with this id, if they are still there.
  public static func from(id: Int) -> WebContents? { living[id]?.contents }

  // MARK: Messages

  /// Sends a message to the page's main frame: to the preload's `ipcRenderer.on(channel, …)`.
  ///
  /// A message to a window whose first page has not begun yet waits for it. An argument that cannot be cloned is
  /// logged and nothing is sent.
  public func send<each A: CloneEncodable>(_ channel: String, _ arguments: repeat each A) {
    guard !isDestroyed, let frame = encodeMessage(channel, repeat each arguments) else { return }
    host.send(frame)
  }

  func encodeMessage<each A: CloneEncodable>(_ channel: String, _ arguments: repeat each A) -> [UInt8]? {
    do {
      var values: [CloneValue] = [.string(CloneString(channel))]
      for argument in repeat each arguments { values.append(try argument.cloneValue()) }
      return try Frame.encode(.message, .array(CloneArray(values)))
    } catch {
      Log.warning("Error sending from webFrameMain: Failed to serialize arguments for '\(channel)': \(error)")
      return nil
    }
  }

  /// The page's main frame; nil while there is none.
  public var mainFrame: WebFrameMain? {
    host.document.map { WebFrameMain(document: $0, contents: self) }
  }

  // MARK: Loading

  /// Loads a URL. The result may be ignored, or awaited: `try await contents.loadURL(url).value`.
  @discardableResult
  public func loadURL(_ url: String) -> Loading {
    let loading = Loading()
    guard !isDestroyed else {
      loading.finish(.failure(LoadFailure(.aborted, url: url)))
      return loading
    }
    host.load(url) { loading.finish($0) }
    return loading
  }

  /// Loads a page of the app by its path, absolute or within the app's folder, over the app's own scheme.
  @discardableResult
  public func loadFile(_ path: String, query: String? = nil, hash: String? = nil) -> Loading {
    switch host.engine.url(ofFile: path, query: query, hash: hash) {
    case .success(let url): return loadURL(url)
    case .failure(let failure):
      let loading = Loading()
      loading.finish(.failure(failure))
      emit(.didFailLoad, failure)
      return loading
    }
  }

  /// Loads the page again.
  public func reload() { host.reload() }

  /// Stops loading.
  public func stop() { host.stop() }

  public var isLoading: Bool { host.isLoading }
  public var url: String { host.uri }
  public var title: String { host.title }

  // MARK: The end

  /// Writes a line about this page to the app's log.
  func report(_ line: String) {
    Log.warning("\(line) (WebContents #\(id), \(url))")
  }

  func destroy() {
    guard !isDestroyed else { return }
    isDestroyed = true
    host.destroy()
    scripts.failAll("the page is gone")
    Self.living[id] = nil
    emit(.destroyed)
    events.removeAll()
  }
}

private struct WeakContents {
  weak var contents: WebContents?
}
