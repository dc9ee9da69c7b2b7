// Electron's BrowserWindow: a GtkApplicationWindow with a menu bar above one web view.

internal import CMartletShim
internal import CMartletWebKit
internal import MartletGLib
internal import MartletWebHost

/// A window that shows a page.
///
/// ```swift
/// let window = BrowserWindow {
///   $0.width = 1000
///   $0.webPreferences.preload = app.resource("preload.js")
/// }
/// window.loadFile("index.html")
/// ```
///
/// A window exists until it is closed, even without a reference to it.
///
/// Electron: `BrowserWindow`.
public final class BrowserWindow: EventSource, WebContentsOwner {
  /// The page of this window.
  public let webContents: WebContents
  public let _events = _EventTable()
  /// Whether the window has been destroyed. Its methods do nothing from then on.
  public private(set) var isDestroyed = false
  /// The id of this window, unique in this process, from 1.
  public let id: Int
  let window: GObjectRef
  /// The window's content from top to bottom: menu bar, page.
  let box: GObjectRef
  /// The menu bar that is shown, with its actions and shortcuts.
  var menuBar: MenuBar?
  /// The page's size when the window is first shown.
  private let size: Size
  private var isSized = false
  /// Whether the window is still to be presented: see `showWhenTurnEnds`.
  private var isToBeShown = false
  private var isReadyToShow = false
  private var isClosing = false

  /// All windows that have not been destroyed, in the order of their creation. Electron: `getAllWindows()`.
  public private(set) static var all: [BrowserWindow] = []
  private static var lastID = 0

  /// The window that shows `contents`; nil once it is destroyed. Electron: `fromWebContents`.
  public static func from(_ contents: WebContents) -> BrowserWindow? {
    contents.owner as? BrowserWindow
  }

  /// The window with this id; nil once it is destroyed. Electron: `fromId`.
  public static func from(id: Int) -> BrowserWindow? { all.first { $0.id == id } }

  /// The focused window; nil if no window of the app has the focus. Electron: `getFocusedWindow()`.
  public static var focused: BrowserWindow? { all.first { $0.isFocused } }

  /// Makes a window with options, and shows it unless `show` is false. Before the app is ready, this is a
  /// programming error and stops the program.
  ///
  /// - Parameter options: The window's options.
  public convenience init(_ options: BrowserWindowOptions = .init()) {
    do { try self.init(whenReady: options) } catch { fatalError(error.description) }
  }

  /// Makes a window.
  ///
  /// - Throws: `AppError` if the app is not ready.
  package init(whenReady options: BrowserWindowOptions) throws(AppError) {
    guard let app = App.current, app.isReady else {
      throw AppError("Cannot create BrowserWindow before app is ready")
    }
    Self.lastID += 1
    id = Self.lastID
    size = options.size
    webContents = WebContents(options.webPreferences, engine: app.engine)
    window = GObjectRef(retaining: gtk_application_window_new(app.application.pointer()))
    box = GObjectRef(retaining: gtk_box_new(GTK_ORIENTATION_VERTICAL, 0))
    webContents.owner = self
    Self.all.append(self)

    title = options.title ?? app.name
    let view: UnsafeMutablePointer<GtkWidget> = webContents.host.view.pointer()
    gtk_widget_set_vexpand(view, 1)
    gtk_box_append(box.pointer(), view)
    gtk_window_set_child(window.pointer(), box.pointer())
    // The close button was pressed. The handler always stops GTK, because the window closes only once the
    // page has agreed.
    window.onCloseRequest { [unowned self] in
      close()
      return true
    }
    installMenu(Menu.applicationMenu)
    app.emit(.webContentsCreated, webContents)
    app.emit(.browserWindowCreated, self)
    if options.show { showWhenTurnEnds() }
  }

  /// Makes a window whose options `configure` changes. They start with Electron's defaults.
  ///
  /// - Parameter configure: Sets options.
  /// - Throws: The error that `configure` throws.
  public convenience init(_ configure: (inout BrowserWindowOptions) throws -> Void) rethrows {
    var options = BrowserWindowOptions()
    try configure(&options)
    self.init(options)
  }

  // MARK: Showing

  /// The text of the title bar. A page's `<title>` replaces it unless a `.pageTitleUpdated` listener prevents
  /// that. Electron: `getTitle()`, `setTitle(title)`.
  public var title: String {
    get { gtk_window_get_title(window.pointer()).map { String(cString: $0) } ?? "" }
    set { gtk_window_set_title(window.pointer(), newValue) }
  }

  /// Shows the window and requests the keyboard focus, which the desktop may refuse.
  public func show() {
    guard !isDestroyed else { return }
    present()
    emit(.show)
  }

  /// Presents a new window at the end of the turn. GTK needs 80 ms for the first one, so a load that the same
  /// code begins starts first, and WebKit's web process starts meanwhile.
  private func showWhenTurnEnds() {
    isToBeShown = true
    MainLoop.whenTurnEnds { [self] in showIfDue() }
    emit(.show)
  }

  /// Presents the window now if that is pending. For callers that need it on the screen.
  func showIfDue() {
    if isToBeShown { present() }
  }

  private func present() {
    isToBeShown = false
    if !isSized {
      isSized = true
      setSize(ofPage: size)
    }
    gtk_window_present(window.pointer())
  }

  /// Hides the window without closing it. It does nothing if the window is destroyed.
  public func hide() {
    guard !isDestroyed else { return }
    isToBeShown = false
    gtk_widget_set_visible(window.pointer(), 0)
    emit(.hide)
  }

  /// Shows the window and requests the keyboard focus, like `show()`.
  public func focus() { show() }

  /// Gives the page the keyboard focus within this window.
  func focusPage() {
    guard !isDestroyed else { return }
    gtk_widget_grab_focus(webContents.host.view.pointer())
  }

  /// Whether the window is shown. It may be minimized or covered by other windows.
  public var isVisible: Bool {
    !isDestroyed && (isToBeShown || gtk_widget_get_visible(window.pointer()) != 0)
  }

  /// Whether the window has the keyboard focus.
  public var isFocused: Bool { !isDestroyed && gtk_window_is_active(window.pointer()) != 0 }

  /// Loads a file of the app into the page: see `WebContents.loadFile`.
  @discardableResult
  public func loadFile(_ path: String, query: String? = nil, hash: String? = nil) -> Loading {
    webContents.loadFile(path, query: query, hash: hash)
  }

  /// Loads a URL into the page: see `WebContents.loadURL`.
  @discardableResult
  public func loadURL(_ url: String) -> Loading {
    webContents.loadURL(url)
  }

  /// The web process has painted the page, and its picture is on the way to this process.
  func contentsDidPaint(_ contents: WebContents) {
    guard !isReadyToShow else { return }
    isReadyToShow = true
    FirstPicture.wait(for: webContents.host.view, isVisible: isVisible) { [weak self] in
      guard let self, !self.isDestroyed else { return }
      self.emit(.readyToShow)
      // GTK's first frame, mostly its shaders, leaves 5 MB and more of free memory.
      MainLoop.onIdle { martlet_return_freed_memory() }
    }
  }

  func contents(_ contents: WebContents, titleDidChange title: String) {
    if allows(.pageTitleUpdated, PageTitleUpdated(title: title)) { self.title = title }
  }

  // MARK: Closing

  /// Closes the window as its close button does. A `.close` listener or the page's `beforeunload` may prevent
  /// it. It does nothing while the window is closing already.
  public func close() {
    guard !isDestroyed, !isClosing else { return }
    // `gtk_window_close` does nothing for a window that was never shown.
    isClosing = true
    let isAllowed = allows(.close, CloseRequest())
    // A listener may have destroyed the window.
    guard !isDestroyed else { return }
    if isAllowed { webContents.host.tryClose() } else { refuseToClose() }
  }

  /// Closes the window without asking the page or the listeners. It emits only `.closed`.
  public func destroy() {
    guard !isDestroyed else { return }
    destroyWithoutNotice()
    App.current?.windowDidClose()
  }

  /// The page did not prevent closing, or closed itself.
  func contentsDidClose(_ contents: WebContents) {
    // Deferred, because WebKit is still emitting a signal of the view.
    MainLoop.soon { [self] in destroy() }
  }

  func contentsDidRefuseToClose(_ contents: WebContents) { refuseToClose() }

  /// A `.close` listener or the page's `beforeunload` has prevented closing.
  private func refuseToClose() {
    isClosing = false
    App.current?.windowRefusedToClose()
  }

  func destroyWithoutNotice() {
    guard !isDestroyed else { return }
    isDestroyed = true
    isToBeShown = false
    Self.all.removeAll { $0 === self }
    webContents.destroy()
    webContents.owner = nil
    menuBar = nil
    gtk_window_destroy(window.pointer())
    // An app that keeps this object also keeps the box, so the destroyed view is removed from it.
    gtk_box_remove(box.pointer(), webContents.host.view.pointer())
    emit(.closed)
    _events.end()
  }
}
