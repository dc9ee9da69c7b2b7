// The tutorial's oldest way of asking: the renderer waits until the main process has answered.
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
