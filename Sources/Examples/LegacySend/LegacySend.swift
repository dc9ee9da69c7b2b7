// The tutorial's older form of a request: one message to the main process, and another one back.
import Martlet

@main enum LegacySend {
  static func main() {
    App.run(id: "dev.martlet.examples.LegacySend", resources: "examples/legacy-send") { app in
      ipcMain.on("asynchronous-message") { (event, argument: String) in
        print(argument)  // "ping"
        // Works like `send`, but goes back to the renderer that sent the message.
        event.reply("asynchronous-reply", "pong")
      }

      let window = BrowserWindow { $0.webPreferences.preload = app.resource("preload.js") }
      window.loadFile("index.html")
      app.on(.windowAllClosed) { app.quit() }
    }
  }
}
