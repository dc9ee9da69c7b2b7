// Electron's webContents: one web view and the page in it. The Swift state lives here; MartletWebHost owns
// the GTK side.

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
  let preferences: WebPreferences
  /// Whether the contents have been destroyed. Their methods do nothing from then on.
  public private(set) var isDestroyed = false
  /// The page's main frame: one object, whatever page is in it, and before the first one, too.
  public private(set) lazy var mainFrame = WebFrameMain(host.mainFrame, of: self)
  /// The frames within the page.
  var frames: [Int: WebFrameMain] = [:]
  /// The frames of documents that have been left and may still be heard.
  var unloadingFrames: [ObjectIdentifier: WebFrameMain] = [:]
  /// The page's document whose `dom-ready` has been heard.
  weak var parsedDocument: RendererDocument?
  /// The one that WebKit has finished before that.
  weak var finishedDocument: RendererDocument?
  /// Routes what its documents call.
  private lazy var router = IpcRouter(self)
  /// Scripts that run when the load that is under way has ended.
  var scriptsThatWait: [CheckedContinuation<Void, Never>] = []
  /// The window that shows this page.
  weak var owner: (any WebContentsOwner)?

  private static var lastID = 0
  private static var living: [Int: WeakContents] = [:]

  init(_ preferences: WebPreferences, engine: WebEngine) {
    Self.lastID += 1
    id = Self.lastID
    self.preferences = preferences
    host = PageHost(
      "WebContents #\(id)", engine: engine, contentSecurityPolicy: preferences.contentSecurityPolicy,
      trustsSubframes: preferences.nodeIntegrationInSubFrames)
    if let preload = preferences.preload { engine.hide(preload) }
    host.delegate = self
    host.calls = router
    Self.living[id] = WeakContents(contents: self)
  }

  /// The contents with this id; nil when they are gone. Electron: `webContents.fromId`.
  public static func from(id: Int) -> WebContents? { living[id]?.contents }

  static var all: [WebContents] { living.values.compactMap(\.contents) }

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
