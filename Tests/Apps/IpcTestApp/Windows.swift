// Windows that the tests open, load and close.

import Martlet

enum Windows {
  @discardableResult
  static func open(
    _ app: App, preload: String, show: Bool = true, page: String = "page.html",
    contentSecurityPolicy: String? = WebPreferences.defaultContentSecurityPolicy
  ) -> BrowserWindow {
    let window = BrowserWindow {
      $0.show = show
      $0.webPreferences.preload = app.resource(preload)
      $0.webPreferences.contentSecurityPolicy = contentSecurityPolicy
    }
    window.webContents.on(.preloadError) {
      print("preload-error: \($0.error.message) in \($0.error.file):\($0.error.line)")
    }
    window.webContents.on(.navigationRefused) { print("refused: \($0.url)") }
    window.on(.readyToShow) { print("ready-to-show \(window.id)") }
    window.on(.closed) { print("closed \(window.id)") }
    window.loadFile(page, query: "window=\(window.id)")
    return window
  }

  static func register(_ app: App) {
    ipcMain.handle("open-window") { _ in open(app, preload: "preload.js").id }
    ipcMain.handle("open-hidden-window") { _ in open(app, preload: "preload.js", show: false).id }
    // The default policy for undefined, none for null.
    ipcMain.handle("open-window-with-policy") { (_, policy: CloneValue) throws in
      let window = try BrowserWindow {
        $0.webPreferences.preload = app.resource("preload.js")
        if !policy.isUndefined { $0.webPreferences.contentSecurityPolicy = try String?.decode(from: policy) }
      }
      window.loadFile("policy.html")
      return window.id
    }
    // The README quotes these preferences.
    ipcMain.handle("open-window-for-pictures") { _ in
      let window = BrowserWindow {
        $0.webPreferences.preload = app.resource("preload.js")
        $0.webPreferences.contentSecurityPolicy = "default-src 'self'; img-src https:"
      }
      window.loadFile("policy.html")
      return window.id
    }
    // Without a page: the window's own properties.
    ipcMain.handle("open-window-with") { (_, width: Int, height: Int, title: String?) in
      BrowserWindow {
        $0.size = Size(width: width, height: height)
        $0.title = title
      }.id
    }
    ipcMain.handle("open-hidden-window-that-fails") { (_, url: String) in
      let window = BrowserWindow { $0.show = false }
      window.on(.readyToShow) { print("ready-to-show \(window.id)") }
      if url.contains(".html"), !url.contains(":") { window.loadFile(url) } else { window.loadURL(url) }
      return window.id
    }
    ipcMain.handle("is-forgotten-when-destroyed") { _ in
      let window = BrowserWindow { $0.show = false }
      let isKnown = BrowserWindow.from(window.webContents) === window
      var isKnownWhenClosed = true
      window.on(.closed) { isKnownWhenClosed = BrowserWindow.from(window.webContents) != nil }
      window.destroy()
      return isKnown && !isKnownWhenClosed && BrowserWindow.from(window.webContents) == nil
    }
    ipcMain.handle("shown-and-hidden-when-made") { _ in
      let window = open(app, preload: "preload.js")
      let isShown = window.isVisible
      window.hide()
      return isShown && !window.isVisible ? window.id : 0
    }
    ipcMain.handle("destroy-window") { (_, id: Int) in BrowserWindow.from(id: id)?.destroy() }
    ipcMain.handle("window-count") { _ in BrowserWindow.all.count }
    ipcMain.on("destroy-me") { event in BrowserWindow.from(event.sender)?.destroy() }
    var refusal: Subscription?
    ipcMain.handle("refuse-to-close") { event in
      let window = BrowserWindow.from(event.sender)
      refusal = window?.on(.close) { [weak window] in
        print("refused to close")
        // The window is closing already, so the page is not asked again.
        window?.close()
        $0.preventDefault()
      }
    }
    ipcMain.handle("allow-to-close") { _ in refusal?.cancel() }
    ipcMain.handle("keep-title") { event in
      BrowserWindow.from(event.sender)?.on(.pageTitleUpdated) { $0.preventDefault() }
    }
    ipcMain.handle("send-before-load") { _ in
      let window = open(app, preload: "preload.js")
      window.webContents.send("early", "first", 2)
    }
    ipcMain.handle("devtools") { (event, opens: Bool) in
      if opens { event.sender.openDevTools() } else { event.sender.closeDevTools() }
      return event.sender.isDevToolsOpened
    }
    ipcMain.handle("supports-window-position") { _ in Platform.supports(.windowPosition) }
    ipcMain.handle("paths") { _ in
      let names: [App.PathName] = [
        .home, .appData, .userData, .sessionData, .cache, .temp, .exe, .module, .desktop, .documents,
        .downloads,
        .music, .pictures, .videos, .logs, .crashDumps,
      ]
      return CloneObject(names.map { ("\($0)", .string(CloneString(app.path($0)))) })
    }
  }
}
