import Martlet

/// A channel between two pages: the main process hands out its ends, and is out of the way then.
enum Ports: DemoPage {
  static let title = "Message ports"
  static let group = "In depth"

  static func start(_ app: App) {
    ipcMain.handle("ports:connect") { event throws in
      let channel = MessageChannelMain()
      let window = createWindow(app)
      // An end for each. What they say from now on, this process does not hear.
      try event.sender.postMessage("ports:port", nil, transfer: [channel.port1])
      try window.webContents.postMessage("ports:port", nil, transfer: [channel.port2])
    }
  }

  private static func createWindow(_ app: App) -> BrowserWindow {
    let preload = app.resource("ports/window-preload.js")
    let window = BrowserWindow {
      $0.size = Size(width: 420, height: 320)
      $0.webPreferences.preload = preload
    }
    window.loadFile("ports/window.html")
    return window
  }
}
