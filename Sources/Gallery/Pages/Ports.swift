import Martlet

/// A message channel between two pages: the main process hands out its ports, and the pages then talk
/// directly.
enum Ports: DemoPage {
  static let title = "Message ports"
  static let group = "In depth"

  static func start(_ app: App) {
    ipcMain.handle("ports:connect") { event throws in
      let channel = MessageChannelMain()
      let window = createWindow(app)
      // One port for each page. Their messages do not pass through this process.
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
