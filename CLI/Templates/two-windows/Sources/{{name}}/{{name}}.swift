import Martlet

@main enum {{name}} {
  static func main() {
    App.run(id: "{{id}}") { app in
      @MainActor func createWindow(_ title: String) -> BrowserWindow {
        let window = BrowserWindow {
          $0.size = Size(width: 480, height: 360)
          $0.webPreferences.preload = app.resource("preload.js")
        }
        window.loadFile("index.html", hash: title)
        return window
      }

      let left = createWindow("Left")
      let right = createWindow("Right")

      // Forward each message to the other window.
      ipcMain.on("say") { (event, text: String) in
        let other = event.sender === left.webContents ? right : left
        other.webContents.send("said", text)
      }
      app.on(.windowAllClosed) { app.quit() }
    }
  }
}
