// App of the start-up benchmark: Benchmarks/Floor/window.c as a Martlet program. Its preload invokes once and
// reports the time of the reply.
//
// usage: startup-bench [WINDOWS]

import Glibc
import Martlet

@main enum Startup {
  static func main() {
    let began = now()
    App.run(id: "dev.martlet.bench.Startup", resources: "../Benchmarks/Startup/pages") { app in
      ipcMain.handle("echo") { (_, value: Double) in value }
      ipcMain.on("replied") { (_, replied: Double) in
        print("first reply \(Int(replied)) (\(Int(replied - began)) ms after main)")
        fflush(nil)
      }

      for _ in 0..<(app.arguments.last.flatMap { Int($0) } ?? 1) {
        let window = BrowserWindow { $0.webPreferences.preload = app.resource("preload.js") }
        window.loadFile("index.html")
      }
    }
  }

  /// Milliseconds since 1970.
  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
  }
}
