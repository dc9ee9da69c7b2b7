import Martlet

@main enum {{name}} {
  static func main() {
    App.run(id: "{{id}}") { app in
      ipcMain.on("set-title") { (event, title: String) in
        BrowserWindow.from(event.sender)?.title = title
      }
      ipcMain.handle("greeting") { (_, name: String) in
        "Hello, \(name)!"
      }

      let window = BrowserWindow { $0.webPreferences.preload = app.resource("preload.js") }
      window.loadFile("index.html")
      app.on(.windowAllClosed) { app.quit() }
    }
  }
}
