import Martlet

/// Pattern 4: two pages talk, and the main process forwards their messages.
enum TwoWindows: DemoPage {
  static let title = "Two windows"
  static let group = "Patterns"

  static func start(_ app: App) {
    ipcMain.on("two-windows:open") { event in
      let gallery = event.sender
      let left = createWindow("Left", app)
      let right = createWindow("Right", app)

      connect(left, to: right, overheardBy: gallery)
      connect(right, to: left, overheardBy: gallery)
    }
  }

  private static func createWindow(_ name: String, _ app: App) -> BrowserWindow {
    let preload = app.resource("two-windows/window-preload.js")
    let window = BrowserWindow {
      $0.size = Size(width: 420, height: 320)
      $0.title = name
      $0.webPreferences.preload = preload
    }
    window.loadFile("two-windows/window.html", hash: name)
    return window
  }

  private static func connect(
    _ from: BrowserWindow, to other: BrowserWindow, overheardBy gallery: WebContents
  ) {
    from.webContents.ipc.on("say") { (_, text: String) in
      other.webContents.send("said", text)
      gallery.send("two-windows:passed", from.title, other.title, text)
    }
  }
}
