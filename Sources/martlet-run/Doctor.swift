// Prints the features that a page has on this machine, as `name=value` lines.

import Martlet

enum Doctor {
  static func run() -> Never {
    App.run(id: "dev.martlet.Doctor", resources: "doctor") { app in
      var isDone = false
      ipcMain.on("findings") { (_, findings: [String: String]) in
        isDone = true
        for (name, value) in findings.sorted(by: { $0.key < $1.key }) { print("\(name)=\(value)") }
        print("sandbox=\(WebProcess.sandbox())")
        app.exit(0)
      }
      let window = BrowserWindow {
        $0.size = Size(width: 400, height: 200)
        $0.webPreferences.preload = app.resource("preload.js")
      }
      window.webContents.on(.preloadError) { failure in
        print("problem=\(failure.error)")
        app.exit(1)
      }
      window.webContents.on(.didFailLoad) { failure in
        if isDone { return }  // the end of the window stops what still loads
        print("problem=\(failure.error)")
        app.exit(1)
      }
      window.loadFile("index.html")
    }
  }
}
