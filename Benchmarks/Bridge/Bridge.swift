// The bridge benchmark's app: one window, whose page calls what its preload exposed. Nothing of it is measured but
// what happens in the page; what the page found comes back as text.

import Glibc
import Martlet

@main enum Bridge {
  static func main() {
    App.run(id: "dev.martlet.bench.Bridge", resources: "../Benchmarks/Bridge/pages") { app in
      ipcMain.on("figures") { (_, json: String) in
        print(json)
        fflush(nil)
        app.exit(0)
      }
      let window = BrowserWindow { $0.webPreferences.preload = app.resource("preload.js") }
      window.loadFile("index.html")
    }
  }
}
