import Martlet

/// Pattern 2: the page calls the main process and gets a promise.
enum OpenFile: DemoPage {
  static let title = "Open a file"
  static let group = "Patterns"

  static func start(_ app: App) {
    ipcMain.handle("dialog:openFile") { event async throws -> String? in
      let window = BrowserWindow.from(event.sender)
      let result = try await dialog.showOpenDialog(window)
      return result.canceled ? nil : result.filePaths.first
    }
  }
}
