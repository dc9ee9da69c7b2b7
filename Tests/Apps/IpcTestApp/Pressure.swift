// Messages to windows in large numbers, and counters of the messages that arrive.

import Glibc
import Martlet

enum Pressure {
  private static var kept: WebContents?
  /// The number of messages received by name, and whether they were in order.
  private static var counts: [String: Int] = [:]
  private static var waiting: [MessagePortMain] = []

  static func forget() {
    kept = nil
    counts = [:]
    for port in waiting { port.close() }
    waiting = []
  }

  static func register() {
    registerCounting()
    // Returns the number of messages that were accepted.
    ipcMain.handle("push-to") { (_, id: Int, count: Int, size: Int) in
      let text = String(repeating: "x", count: size)
      return (0..<count).count { window(id)?.webContents.send("pushed", $0, text) == true }
    }
    // Returns the number of messages accepted before one was refused, and the error.
    ipcMain.handle("push-to-the-end") { (_, id: Int, size: Int) -> [CloneValue] in
      let text = String(repeating: "x", count: size)
      var accepted = 0
      while let contents = window(id)?.webContents {
        let outcome = Emitters.outcome { try contents.postMessage("pushed", text) }
        guard outcome == "sent" else { return [.number(Double(accepted)), .string(CloneString(outcome))] }
        accepted += 1
      }
      return []
    }
    // Sent by the contents and by a port, up to the maximal number of ports.
    ipcMain.handle("post-ports") { (event, count: Int) -> [String] in
      let (channels, channel) = ((0..<count).map { _ in MessageChannelMain() }, MessageChannelMain())
      let ports = channels.map(\.port1)
      return [
        Emitters.outcome { try event.sender.postMessage("foo", nil, transfer: ports) },
        Emitters.outcome { try channel.port1.postMessage(nil, transfer: ports) },
        Emitters.outcome { try event.sender.postMessage("foo", nil, transfer: ports.dropLast()) },
      ]
    }
    // Calls every member of destroyed contents.
    ipcMain.handle("kept-contents") { _ -> [String] in
      guard let kept else { return [] }
      kept.reload()
      kept.stop()
      kept.loadFile("page.html")
      kept.openDevTools()
      return [
        kept.url, kept.title, "\(kept.isLoading)", "\(kept.isDestroyed)",
        kept.mainFrame.url.isEmpty ? "no frame" : kept.mainFrame.url, "\(kept.send("foo"))",
      ]
    }
    ipcMain.handle("send-to") { (_, id: Int, channel: String, value: CloneValue) in
      window(id)?.webContents.send(channel, value)
    }
  }

  /// Counts messages numbered from 0, as long as none is missing.
  private static func registerCounting() {
    ipcMain.on("count") { (_, name: String, number: Int) in count(name, number) }
    ipcMain.handle("counted") { (_, name: String) in counts[name] ?? 0 }
    // Blocks this process until the log has a page's line. Web processes write to the log themselves.
    ipcMain.on("block-until-logged") { (_, line: String) in
      let end = ContinuousClock.now + .seconds(60)
      while !log().contains(line), ContinuousClock.now < end { usleep(5000) }
    }
    // Ports whose messages are counted, once they are started.
    ipcMain.on("count-port") { (event, name: String) in
      for port in event.ports { wait(for: port, name) }
    }
    // Both ends are sent to the page, or one stays here and is not read before it is started.
    ipcMain.handle("post-and-move") { (event, isRead: Bool) throws in
      let channel = MessageChannelMain()
      if isRead {
        try event.sender.postMessage("connected", "first", transfer: [channel.port2])
      } else {
        wait(for: channel.port2, "kept")
        try channel.port2.postMessage("from the end that does not read")
      }
      let text = CloneValue.string(CloneString(String(repeating: "x", count: 1000)))
      for number in 0..<2000 { try channel.port1.postMessage([.number(Double(number)), text] as CloneValue) }
      try event.sender.postMessage("connected", "moved", transfer: [channel.port1])
      return
    }
    ipcMain.handle("start-counting") { _ in
      for port in waiting { port.start() }
      waiting = []
    }
  }

  /// The contents of the file that standard output is redirected to.
  private static func log() -> String {
    guard let file = fopen("/proc/self/fd/1", "r") else { return "" }
    defer { fclose(file) }
    var text: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { text += chunk[..<count] }
    return String(decoding: text, as: UTF8.self)
  }

  private static func wait(for port: MessagePortMain, _ name: String) {
    port.on(.message) { count(name, (try? Int.decode(from: $0.data[0])) ?? -1) }
    port.on(.close) { print("\(name) closed after \(counts[name] ?? 0)") }
    waiting.append(port)
  }

  private static func count(_ name: String, _ number: Int) {
    if number == counts[name] ?? 0 { counts[name, default: 0] += 1 }
  }

  /// Keeps a reference to the contents, as an event would.
  static func keep(_ contents: WebContents) {
    kept = contents
    print("kept a message of \(BrowserWindow.from(contents)?.id ?? 0)")
  }

  private static func window(_ id: Int) -> BrowserWindow? { BrowserWindow.from(id: id) }
}
