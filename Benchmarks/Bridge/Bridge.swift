// App of the bridge benchmark: one window, whose page calls the API that its preload exposed. Only the page
// measures; it sends its figures as text.

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
