// Handlers for `invoke`.

import Martlet

enum Handlers {
  private static var gate: CheckedContinuation<Void, Never>?
  private static var finished = 0
  private static var kept: InvokeReply?

  static func forget() {
    finished = 0
    kept = nil
  }

  static func register() {
    ipcMain.handle("three") { (_, value: Int) in
      print("three got \(value)")
      return 3
    }
    ipcMain.handle("three-later") { (_, value: Int) async in
      await Task.yield()
      try? await Task.sleep(for: .milliseconds(1))
      return 3
    }
    ipcMain.handle("add") { (_, a: Int, b: Int) in a + b }
    ipcMain.handle("nothing") { _ in }
    ipcMain.handle("maybe") { (_, value: Int?) -> Int? in value }
    ipcMain.handle("echo") { (_, value: CloneValue) in value }
    ipcMain.handle("throw") { _ throws -> Int in throw Failure(description: "some error") }
    ipcMain.handle("throw-later") { _ async throws -> Int in
      await Task.yield()
      throw Failure(description: "some error")
    }
    ipcMain.handle("throw-of-martlet") { (event, name: String) async throws in
      try await fail(with: name, event.sender)
    }
    ipcMain.handle("uncloneable") { _ in Uncloneable() }
    ipcMain.handle("finish") { (_, todo: Todo) in
      Todo(title: todo.title, done: true, tags: todo.tags + ["finished"])
    }
    ipcMain.handleOnce("once") { _ in "the only time" }
    ipcMain.handleOnce("once-throwing") { _ throws -> Int in
      throw Failure(description: "once and never again")
    }
    ipcMain.handle("remove") { (_, channel: String) in ipcMain.removeHandler(channel) }
    ipcMain.handle("second") { (_, channel: String) -> String in
      do {
        try ipcMain.tryHandle(channel) { _ in 1 }
        return "accepted"
      } catch {
        return "\(error)"
      }
    }
    for channel in ["", "__proto__", "канал ☂", "\u{FFFD}", String(repeating: "x", count: 100_000)] {
      ipcMain.handle(channel) { _ in "here" }
    }
    // S-32: a reply that is kept, answered later, or dropped.
    ipcMain.handleWithReply("keep-reply") { (event, reply: InvokeReply, _: String) in
      kept = reply
      Pressure.keep(event.sender)
    }
    ipcMain.handleWithReply("let-reply-go") { (_, _: InvokeReply) in }
    ipcMain.handle("answer-kept-reply") { (_, value: Int) in
      kept?.succeed(value)
      kept?.succeed("a second answer, which nobody hears")
    }
    ipcMain.handle("refuse-kept-reply") { _ in kept?.fail(DetailedFailure()) }
    ipcMain.handle("let-kept-reply-go") { _ in kept = nil }
    // Waits until "open-gate". Counts the finished calls, even if their page is gone.
    ipcMain.handle("wait-at-gate") { _ async in
      await withCheckedContinuation { gate = $0 }
      finished += 1
    }
    ipcMain.handle("open-gate") { _ in
      gate?.resume()
      gate = nil
    }
    ipcMain.handle("finished") { _ in finished }
  }

  /// Throws Martlet's error of this name, by a call that an app could make.
  private static func fail(with name: String, _ contents: WebContents) async throws {
    switch name {
    case "CloneError": throw CloneError.notCloneable("a window")
    case "CloneTypeMismatch": _ = try Int.decode(from: "two")
    case "DuplicateHandler": try ipcMain.tryHandle("add") { _ in 1 }
    case "IpcSendError":
      let window = BrowserWindow { $0.show = false }
      window.destroy()
      try window.webContents.postMessage("foo", 1)
    case "MessagePortError":
      let port = MessageChannelMain().port1
      try contents.postMessage("foo", 1, transfer: [port, port])
    case "MenuError": try Menu().insert(.separator, at: 1)
    case "AcceleratorError": _ = try Accelerator(parsing: "Ctrl+Nonsense")
    case "Unsupported": throw Unsupported(feature: .windowPosition, reason: "a reason")
    case "LoadFailure":
      let window = BrowserWindow { $0.show = false }
      defer { window.destroy() }
      try await window.loadFile("nowhere.html").value
    case "ScriptError": _ = try await contents.executeJavaScript("throw new RangeError('far')")
    default: break
    }
  }
}
