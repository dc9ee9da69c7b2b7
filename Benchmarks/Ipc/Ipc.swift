// App of the IPC benchmark: Benchmarks/Floor/ipc.c as a Martlet program. The preload measures. This process
// echoes, and records the time of each call, because a page's clock has a resolution of one millisecond.

import Glibc
import Martlet

@main enum Ipc {
  private static var stamps: [Double] = []
  private static var pushBegan = 0.0

  static func main() {
    App.run(id: "dev.martlet.bench.Ipc", resources: "../Benchmarks/Ipc/pages") { app in
      ipcMain.handle("echo") { (_, value: CloneValue) in
        stamps.append(now())
        return value
      }
      ipcMain.on("echo-sync") { (event, value: CloneValue) in
        stamps.append(now())
        event.returnValue = value
      }
      ipcMain.on("push") { (event, count: Int) in
        let message: CloneValue = ["id": 1, "text": "hello"]
        pushBegan = now()
        for _ in 0..<count { event.sender.send("pushed", message) }
      }
      ipcMain.on("all-pushed") { (_, count: Int) in
        print(#"{"name":"push","count":\#(count),"milliseconds":\#((now() - pushBegan) / 1e3)}"#)
      }
      ipcMain.on("begin") { _ in stamps.removeAll(keepingCapacity: true) }
      ipcMain.on("end") { (_, figures: String) in print("{\(figures)\(percentiles())}") }
      ipcMain.on("finish") { _ in app.exit(0) }

      let measures = open(app, "--measures")
      let other = open(app, "--other")
      connect(measures, other)
    }
  }

  private static func open(_ app: App, _ role: String) -> BrowserWindow {
    let window = BrowserWindow {
      $0.webPreferences.preload = app.resource("preload.js")
      $0.webPreferences.additionalArguments = [role]
    }
    window.loadFile("index.html")
    return window
  }

  /// Opens a message channel between the windows, if their transport supports ports.
  private static func connect(_ measures: BrowserWindow, _ other: BrowserWindow) {
    let channel = MessageChannelMain()
    do {
      try other.webContents.postMessage("port", nil, transfer: [channel.port2])
      try measures.webContents.postMessage("port", nil, transfer: [channel.port1])
    } catch {
      measures.webContents.send("no-port")
    }
  }

  /// Percentiles of the intervals between the stamps, as the end of a JSON object.
  private static func percentiles() -> String {
    guard stamps.count > 1 else { return "" }
    let between = zip(stamps.dropFirst(), stamps).map { $0 - $1 }.sorted()
    return #","p50":\#(between[between.count / 2]),"p99":\#(between[between.count * 99 / 100])"#
  }

  /// Microseconds of the monotonic clock.
  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
  }
}
