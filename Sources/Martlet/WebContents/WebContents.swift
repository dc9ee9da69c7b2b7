// Electron's webContents: one web view and the page in it. This file has the Swift state; MartletWebHost owns
// the GTK objects.

internal import MartletGLib
internal import MartletIPC
internal import MartletWebHost

/// The page of a window: loads, messages and scripts.
///
/// Electron: `WebContents`.
public final class WebContents: EventSource {
  /// Unique in this process, from 1.
  public let id: Int
  /// Receives messages of this page, before `ipcMain` does. Electron: `webContents.ipc`.
  public let ipc = IpcMain()
  public let _events = _EventTable()
  let host: PageHost
  let preferences: WebPreferences
  /// Whether the contents have been destroyed. Their methods do nothing from then on.
  public private(set) var isDestroyed = false
  /// The page's main frame. It is one object for the lifetime of the contents, whatever page is loaded, and
  /// exists before the first load.
  public private(set) lazy var mainFrame = WebFrameMain(host.mainFrame, of: self)
  /// The frames within the page.
  var frames: [Int: WebFrameMain] = [:]
  /// The frames of documents that are unloading but may still send.
  var unloadingFrames: [ObjectIdentifier: WebFrameMain] = [:]
  /// The document whose `dom-ready` has arrived.
  weak var parsedDocument: RendererDocument?
  /// The document that WebKit has finished before its `dom-ready`.
  weak var finishedDocument: RendererDocument?
  /// Routes the calls of the page's documents.
  private lazy var router = IpcRouter(self)
  /// Scripts that wait for the end of the load in progress.
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

  /// The contents with this id; nil once they are destroyed. Electron: `webContents.fromId`.
  public static func from(id: Int) -> WebContents? { living[id]?.contents }

  package static var all: [WebContents] { living.values.compactMap(\.contents) }

  // MARK: The end

  /// Writes a line about this page to the app's log. `kind` bounds the number of lines that a page can cause.
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
