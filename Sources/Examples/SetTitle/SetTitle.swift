// Pattern 1 of the tutorial, renderer to main, one way: the page sets its window's title.
import Martlet

@main enum SetTitle {
  static func main() {
    App.run(id: "dev.martlet.examples.SetTitle", resources: "examples/set-title") { app in
      ipcMain.on("set-title") { (event, title: String) in
        BrowserWindow.from(event.sender)?.title = title
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
