// Listeners for `send` and `sendSync`.

import Martlet

enum Listeners {
  private static var order: [Int] = []
  private static var kept: IpcMainEvent?
  private static var late: [String] = []
  private static var arrivals: [String: ContinuousClock.Instant] = [:]

  static func forget() {
    order = []
    kept = nil
    arrivals = [:]
  }

  static func register() {
    ipcMain.on("say") { (_, text: String) in print("said \(text)") }
    ipcMain.on("double") { (event, value: Int) in event.returnValue = value * 2 }
    ipcMain.on("echo-sync") { (event, value: CloneValue) in event.returnValue = value }
    ipcMain.on("echo-send") { (event, value: CloneValue) in event.reply("echoed", value) }
    ipcMain.on("first-wins") { event in event.returnValue = "first" }
    ipcMain.on("first-wins") { event in
      event.returnValue = "second"
      print("first-wins returns \(event.returnValue)")
    }
    ipcMain.on("null") { event in event.returnValue = CloneValue.null }
    ipcMain.on("let-go") { _ in }
    ipcMain.on("answer-later") { event in
      Task {
        try? await Task.sleep(for: .milliseconds(100))
        event.returnValue = "late"
      }
    }
    ipcMain.on("keep") { event in
      kept = event
      Pressure.keep(event.sender)
    }
    ipcMain.handle("keeps") { _ in kept != nil }
    // S-42: the listener shows a dialog while the page that called is blocked.
    ipcMain.on("pick-sync") { event in
      Task {
        let picked = try? await dialog.showOpenDialog(BrowserWindow.from(event.sender)) {
          $0.title = "Pick a folder"
          $0.defaultPath = "/usr"
          $0.buttonLabel = "Pick"
          $0.properties = [.openDirectory]
        }
        event.returnValue = picked?.filePaths ?? []
      }
    }
    ipcMain.on("answer-kept") { event in
      kept?.returnValue = "at last"
      kept = nil
    }
    ipcMain.on("two-kinds") { (_, _: Int) in print("never") }
    ipcMain.on("two-kinds") { (event, text: String) in event.returnValue = text }
    ipcMain.once("once") { event in print("once") }
    ipcMain.on("error") { _ in print("an 'error' channel is a channel") }

    ipcMain.on("number") { (event, value: Int) in
      order.append(value)
      event.returnValue = value
    }
    ipcMain.handle("number") { (_, value: Int) in order.append(value) }
    ipcMain.handle("order") { _ in
      defer { order = [] }
      return order
    }

    // The arrival time of a message, and messages from a main process that is busy afterwards.
    ipcMain.on("arrive") { (_, name: String) in arrivals[name] = .now }
    ipcMain.on("milliseconds-ago") { (event, name: String) in
      event.returnValue = arrivals[name].map { ($0.duration(to: .now) / .milliseconds(1)) } ?? -1
    }
    ipcMain.on("send-and-be-busy") { (event, milliseconds: Int) in
      for number in 1...3 { event.reply("busy", number) }
      let end = ContinuousClock.now + .milliseconds(milliseconds)
      while ContinuousClock.now < end {}
      event.reply("busy", 4)
    }

    // S-44: reads the sender's frame now and after a navigation.
    ipcMain.on("remember-me") { event in kept = event }
    ipcMain.handle("remembered") { _ in kept?.senderFrame?.url }
    ipcMain.handle("remembered-numbers") { _ in [kept?.processID ?? 0, kept?.frameID ?? 0] }
    // S-45: to a frame that may be gone.
    ipcMain.handle("reply-to-remembered") { (_, channel: String) in kept?.reply(channel, "late") }
    // S-07: adds a listener.
    ipcMain.handle("listen-late") { _ in
      ipcMain.on("late") { (_, text: String) in late.append(text) }
      return
    }
    ipcMain.handle("heard-late") { _ in late }
    // S-18
    ipcMain.on("send-many") { event in event.sender.send("many", 1, "two", [3]) }
    // S-26: adds a number of listeners to a channel, without removing them.
    ipcMain.handle("listen-often") { (_, channel: String, count: Int) in
      for _ in 0..<count { ipcMain.on(channel) { _ in } }
    }
  }
}
