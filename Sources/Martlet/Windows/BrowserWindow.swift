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
/// A window lives until it is closed, whether or not anybody keeps a reference to it.
///
/// Electron: `BrowserWindow`.
public final class BrowserWindow: EventSource, WebContentsOwner {
  /// The page of this window.
  public let webContents: WebContents
  public let _events = _EventTable()
  /// Whether the window has been destroyed. Its methods do nothing from then on.
  public private(set) var isDestroyed = false
  /// The number of this window, from 1.
  public let id: Int
  let window: GObjectRef
  /// The window's content from top to bottom: menu bar, page.
  let box: GObjectRef
  /// The menu bar that is shown, and what keeps it working.
  var menuBar: MenuBar?
  /// The size that its page is given when it is shown first.
  private let size: Size
  private var isSized = false
  /// Whether GTK is still to show it: see `showWhenTurnEnds`.
  private var isToBeShown = false
  private var isReadyToShow = false
  private var isClosing = false

  /// Every window that has not been destroyed, in the order they were made. Electron: `getAllWindows()`.
  public private(set) static var all: [BrowserWindow] = []
  private static var lastID = 0

  /// The window that shows `contents`; nil once it is destroyed. Electron: `fromWebContents`.
  public static func from(_ contents: WebContents) -> BrowserWindow? {
    contents.owner as? BrowserWindow
  }

  /// The window with this id; nil once it is destroyed. Electron: `fromId`.
  public static func from(id: Int) -> BrowserWindow? { all.first { $0.id == id } }

  /// The window that has the focus. Electron: `getFocusedWindow()`.
  public static var focused: BrowserWindow? { all.first { $0.isFocused } }

  /// Makes a window and, unless told otherwise, shows it. To make one before the app is ready is a mistake in
  /// the program and stops it.
  public convenience init(_ options: BrowserWindowOptions = .init()) {
    do { try self.init(whenReady: options) } catch { fatalError(error.description) }
  }

  /// Makes a window.
  ///
  /// - Throws: `AppError` when the app is not ready.
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
    // The close button. The window itself goes only when the page has agreed, so GTK always hears "stop".
    window.onCloseRequest { [unowned self] in
      close()
      return true
    }
    installMenu(Menu.applicationMenu)
    app.emit(.webContentsCreated, webContents)
    app.emit(.browserWindowCreated, self)
    if options.show { showWhenTurnEnds() }
  }

  /// Makes a window with Electron's defaults but for what `configure` sets.
  public convenience init(_ configure: (inout BrowserWindowOptions) throws -> Void) rethrows {
    var options = BrowserWindowOptions()
    try configure(&options)
    self.init(options)
  }

  // MARK: Showing

  /// The text of the title bar. A page's `<title>` replaces it unless `.pageTitleUpdated` is prevented.
  public var title: String {
    get { gtk_window_get_title(window.pointer()).map { String(cString: $0) } ?? "" }
    set { gtk_window_set_title(window.pointer(), newValue) }
  }

  /// Shows the window and asks for the focus, which the desktop may refuse.
  public func show() {
    guard !isDestroyed else { return }
    present()
    emit(.show)
  }

  /// Shows a window that is just being made. That takes GTK 80 ms at the first, so what is loaded into it by
  /// the same code comes before: WebKit's web process starts in the meantime.
  private func showWhenTurnEnds() {
    isToBeShown = true
    MainLoop.whenTurnEnds { [self] in showIfDue() }
    emit(.show)
  }

  /// Has GTK show it now, if that is still to be done: for what needs a window on the screen.
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

  /// Gives the page the keyboard of this window.
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

  /// Loads a page of the app: see `WebContents.loadFile`.
  @discardableResult
  public func loadFile(_ path: String, query: String? = nil, hash: String? = nil) -> Loading {
    webContents.loadFile(path, query: query, hash: hash)
  }

  /// Loads a URL: see `WebContents.loadURL`.
  @discardableResult
  public func loadURL(_ url: String) -> Loading {
    webContents.loadURL(url)
  }

  /// The page has been painted in its own process; its picture is on the way to this one.
  func contentsDidPaint(_ contents: WebContents) {
    guard !isReadyToShow else { return }
    isReadyToShow = true
    FirstPicture.wait(for: webContents.host.view, isVisible: isVisible) { [weak self] in
      guard let self, !self.isDestroyed else { return }
      self.emit(.readyToShow)
      // What GTK needed to get the first frame out, its shaders above all, left 5 MB and more of holes.
      MainLoop.onIdle { martlet_return_freed_memory() }
    }
  }

  func contents(_ contents: WebContents, titleDidChange title: String) {
    if allows(.pageTitleUpdated, PageTitleUpdated(title: title)) { self.title = title }
  }

  // MARK: Closing

  /// Asks the window to close, as its close button does: a `.close` listener, or the page by `beforeunload`,
  /// may refuse. A window that is closing is not asked again.
  public func close() {
    guard !isDestroyed, !isClosing else { return }
    // Not by `gtk_window_close`: it does nothing for a window that was never shown.
    isClosing = true
    let isAllowed = allows(.close, CloseRequest())
    // A listener may have destroyed it.
    guard !isDestroyed else { return }
    if isAllowed { webContents.host.tryClose() } else { refuseToClose() }
  }

  /// Closes the window at once: nobody is asked, and `.closed` is all that is heard.
  public func destroy() {
    guard !isDestroyed else { return }
    destroyWithoutNotice()
    App.current?.windowDidClose()
  }

  /// The page did not object, or closed itself.
  func contentsDidClose(_ contents: WebContents) {
    // Not now: WebKit is still inside the signal of the view that goes.
    MainLoop.soon { [self] in destroy() }
  }

  func contentsDidRefuseToClose(_ contents: WebContents) { refuseToClose() }

  /// A `.close` listener objected, or the page by `beforeunload`.
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
    // An app that keeps this object keeps the box, which may not hold a view that has ended.
    gtk_box_remove(box.pointer(), webContents.host.view.pointer())
    emit(.closed)
    _events.end()
  }
}
