// Pattern 4 of the tutorial, renderer to renderer: the main process forwards messages from one window to
// another.
import Martlet

@main enum TwoWindows {
  static func main() {
    App.run(id: "dev.martlet.examples.TwoWindows", resources: "examples/two-windows") { app in
      @MainActor func createWindow(_ name: String) -> BrowserWindow {
        let window = BrowserWindow {
          $0.size = Size(width: 480, height: 320)
          $0.webPreferences.preload = app.resource("preload.js")
          $0.webPreferences.additionalArguments = ["--name=\(name)"]
        }
        window.loadFile("index.html", hash: name)
        return window
      }

      let left = createWindow("Left")
      let right = createWindow("Right")

      ipcMain.on("say") { (event, text: String) in
        let other = event.sender === left.webContents ? right : left
        other.webContents.send("said", text)
      }
      app.on(.windowAllClosed) { app.quit() }
    }
  }
}
