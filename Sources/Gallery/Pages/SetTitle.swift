import Martlet

/// Pattern 1: the page sends a message to the main process.
enum SetTitle: DemoPage {
  static let title = "Set the title"
  static let group = "Patterns"

  static func start(_ app: App) {
    ipcMain.on("set-title") { (event, title: String) in
      BrowserWindow.from(event.sender)?.title = title
    }
  }
}
