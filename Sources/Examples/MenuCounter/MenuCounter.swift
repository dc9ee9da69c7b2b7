// Pattern 3 of the tutorial, main to renderer: a native menu changes a counter in the page, and the page
// reports the result.
import Martlet

@main enum MenuCounter {
  static func main() {
    App.run(id: "dev.martlet.examples.MenuCounter", resources: "examples/menu-counter") { app in
      @MainActor func createWindow() {
        let window = BrowserWindow { $0.webPreferences.preload = app.resource("preload.js") }

        let menu = Menu([
          .submenu(
            app.name,
            [
              .item("Increment", accelerator: "CmdOrCtrl+Up") {
                window.webContents.send("update-counter", 1)
              },
              .item("Decrement", accelerator: "CmdOrCtrl+Down") {
                window.webContents.send("update-counter", -1)
              },
              .separator,
              .role(.quit),
            ])
        ])
        Menu.applicationMenu = menu
        window.loadFile("index.html")

        // Open the DevTools.
        window.webContents.openDevTools()
      }

      ipcMain.on("counter-value") { (_, value: Int) in
        print(value)
      }
      createWindow()
      app.on(.windowAllClosed) { app.quit() }
    }
  }
}
