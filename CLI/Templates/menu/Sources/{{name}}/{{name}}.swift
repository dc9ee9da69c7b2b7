import Martlet

@main enum {{name}} {
  static func main() {
    App.run(id: "{{id}}") { app in
      Menu.applicationMenu = Menu([
        .submenu(
          app.name,
          [
            .item("Increment", accelerator: "CmdOrCtrl+Up") { _, window in
              window?.webContents.send("update-counter", 1)
            },
            .item("Decrement", accelerator: "CmdOrCtrl+Down") { _, window in
              window?.webContents.send("update-counter", -1)
            },
            .separator,
            .role(.quit),
          ]),
        .role(.viewMenu),
      ])
      ipcMain.on("counter-value") { (event, value: Int) in
        BrowserWindow.from(event.sender)?.title = "{{name}}: \(value)"
      }

      let window = BrowserWindow { $0.webPreferences.preload = app.resource("preload.js") }
      window.loadFile("index.html")
      app.on(.windowAllClosed) { app.quit() }
    }
  }
}
