// Pattern 4 of the tutorial with a message port: the main process connects the windows, which then talk
// directly.
import Martlet

@main enum TwoWindowsPort {
  static func main() {
    App.run(id: "dev.martlet.examples.TwoWindowsPort", resources: "examples/two-windows-port") { app in
      let channel = MessageChannelMain()
      for (name, port) in [("Left", channel.port1), ("Right", channel.port2)] {
        let window = BrowserWindow {
          $0.size = Size(width: 480, height: 320)
          $0.webPreferences.preload = app.resource("preload.js")
        }
        window.loadFile("index.html", hash: name)
        do {
          try window.webContents.postMessage("port", nil, transfer: [port])
        } catch {
          print("\(name) has no port: \(error)")
        }
      }
      app.on(.windowAllClosed) { app.quit() }
    }
  }
}
