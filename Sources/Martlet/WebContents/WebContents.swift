// Electron's webContents: one web view and the page in it. The Swift state lives here; MartletWebHost owns the GTK side.

internal import MartletGLib
internal import MartletIPC
internal import MartletWebHost

/// The page of a window: loading, messaging, scripting.
///
/// Electron: `WebContents`.
public final class WebContents: EventSource {
  /// Unique in this process, from 1.
  public let id: Int
  /// Receives messages of this page before `ipcMain` does.
  public let ipc = IpcMain()
  public let _events = _EventTable()
  let host: PageHost
  private let listener = PageListener()
  let preferences: WebPreferences
  public private(set) var isDestroyed = false
  /// The page's main frame: one object, whatever page is in it, and before the first one, too.
  public private(set) lazy var mainFrame = WebFrameMain(host.mainFrame, of: self)
  /// The frames within the page.
  private var frames: [Int: WebFrameMain] = [:]
  /// Scripts that run when the load that is under way has ended.
  var scriptsThatWait: [CheckedContinuation<Void, Never>] = []
  /// What its calls hold that wait for their answers, those of documents that are gone among them.
  let unansweredCalls = UnansweredCalls()
  /// Whoever shows this page.
  weak var window: BrowserWindow?

  private static var lastID = 0
  private static var living: [Int: WeakContents] = [:]

  init(_ preferences: WebPreferences, engine: WebEngine) {
    Self.lastID += 1
    id = Self.lastID
    self.preferences = preferences
    host = PageHost(
      engine: engine, contentSecurityPolicy: preferences.contentSecurityPolicy,
      trustsSubframes: preferences.nodeIntegrationInSubFrames)
    if let preload = preferences.preload { engine.hide(preload) }
    listener.contents = self
    host.delegate = listener
    Self.living[id] = WeakContents(contents: self)
  }

  /// The contents with this id; nil when they are gone. Electron: `webContents.fromId`.
  public static func from(id: Int) -> WebContents? { living[id]?.contents }

  static var all: [WebContents] { living.values.compactMap(\.contents) }

  // MARK: Frames

  /// What stands for a frame of this page; made when it is new.
  func frame(_ frame: RendererFrame) -> WebFrameMain {
    if frame.isMain { return mainFrame }
    if let known = frames[frame.treeNodeID] { return known }
    let made = WebFrameMain(frame, of: self)
    if !frame.isGone { frames[frame.treeNodeID] = made }
    return made
  }

  func forget(_ frame: RendererFrame) {
    frames.removeValue(forKey: frame.treeNodeID)?._events.end()
  }

  // MARK: Loading

  /// Loads a URL. The result may be ignored, or awaited: `try await contents.loadURL(url).value`.
  @discardableResult
  public func loadURL(_ url: String) -> Loading {
    load(.success(url))
  }

  /// Loads a page of the app by its path, absolute or within the app's folder, over the app's own scheme.
  /// What begins with a dot, the file or a folder on the way to it, is not found.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - query: What comes after the path and `?`, which may be left out. Electron: `query` and `search`.
  ///   - hash: What comes after `#`, which may be left out.
  @discardableResult
  public func loadFile(_ path: String, query: String? = nil, hash: String? = nil) -> Loading {
    load(host.engine.url(ofFile: path, query: query, hash: hash))
  }

  private func load(_ url: Result<String, LoadFailure>) -> Loading {
    let loading = Loading()
    switch url {
    case .success(let url): host.load(url) { loading.finish($0) }
    case .failure(let failure): host.refuse(failure) { loading.finish($0) }
    }
    return loading
  }

  /// Loads the page again.
  public func reload() { host.reload() }

  /// Stops loading.
  public func stop() { host.stop() }

  public var isLoading: Bool { host.isLoading }
  /// The page's address, and its title; empty once the contents are destroyed.
  public var url: String { host.uri }
  public var title: String { host.title }

  // MARK: The end

  /// Writes a line about this page to the app's log, of a kind that it could cause any number of times.
  func report(_ kind: PageLog.Kind, _ line: @autoclosure () -> String) {
    host.log.write(kind) { "\(line()) (WebContents #\(id), \(url.cut(to: 300)))" }
  }

  func destroy() {
    guard !isDestroyed else { return }
    isDestroyed = true
    host.destroy()
    mainFrame.scripts.failAll()
    runWaitingScripts()
    mainFrame._events.end()
    Self.living[id] = nil
    emit(.destroyed)
    _events.end()
  }
}

private struct WeakContents {
  weak var contents: WebContents?
}
