// Pattern 2 of the tutorial, renderer to main and back: the page asks for a file, and gets the choice from a
// native dialog.
import Martlet

@main enum OpenFile {
  static func main() {
    App.run(id: "dev.martlet.examples.OpenFile", resources: "examples/open-file") { app in
      ipcMain.handle("dialog:openFile") { event async throws -> String? in
        let result = try await dialog.showOpenDialog(BrowserWindow.from(event.sender))
        return result.canceled ? nil : result.filePaths.first
      }

      @MainActor func createWindow() {
        let window = BrowserWindow { $0.webPreferences.preload = app.resource("preload.js") }
        window.loadFile("index.html")
      }

      createWindow()
      app.on(.activate) { if BrowserWindow.all.isEmpty { createWindow() } }
      app.on(.windowAllClosed) { app.quit() }
    }
  }
}
