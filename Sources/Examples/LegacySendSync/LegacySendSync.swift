// The tutorial's oldest form of a request: the renderer blocks until the main process has replied.
import Martlet

@main enum LegacySendSync {
  static func main() {
    App.run(id: "dev.martlet.examples.LegacySendSync", resources: "examples/legacy-send-sync") { app in
      ipcMain.on("synchronous-message") { (event, argument: String) in
        print(argument)  // "ping"
        event.returnValue = "pong"
      }

      let window = BrowserWindow { $0.webPreferences.preload = app.resource("preload.js") }
      window.loadFile("index.html")
      app.on(.windowAllClosed) { app.quit() }
    }
  }
}
