// Frames within pages: their properties in the app, and their messages.

import Martlet

enum Frames {
  /// The received messages, in order, with their place: a listener's level, or the `ipc-message` event.
  private static var heard: [String] = []
  private static var ran: [CloneValue] = []
  private static var kept: WebFrameMain?

  static func forget() {
    heard = []
    ran = []
    kept = nil
    // The channels of the tests' own listeners and handlers.
    for channel in ["a port", "left", "ordered"] { ipcMain.removeAllListeners(channel) }
    ipcMain.removeHandler("nearest")
  }

  static func register(_ app: App) {
    // Opens a page of Tests/Pages/frames. By default its preload runs in all of its frames.
    ipcMain.handle("open-frames") { (_, page: String, inSubFrames: Bool?) in
      let window = BrowserWindow {
        $0.webPreferences.preload = app.resource("frames/preload.js")
        $0.webPreferences.nodeIntegrationInSubFrames = inSubFrames ?? true
        // The default policy forbids the app's pages in foreign frames.
        if page == "sandboxed.html" { $0.webPreferences.contentSecurityPolicy = nil }
      }
      window.on(.closed) { print("closed frames \(window.id)") }
      let contents = window.webContents
      contents.on(.frameCreated) { print("frame-created \(describe($0.frame))") }
      contents.on(.didFrameNavigate) { navigation in
        let frame = navigation.frame
        print("did-frame-navigate \(describe(frame))")
        // S-17: its preload has not run yet.
        frame.send("navigated", file(frame))
        let name = describe(frame)
        frame.once(.domReady) { print("dom-ready \(name)") }
      }
      contents.on(.didFrameFinishLoad) { load in
        let frame = load.frame
        let isFound = WebFrameMain.from(processID: frame.processID, routingID: frame.routingID) == frame
        print("did-frame-finish-load \(describe(frame)) \(isFound)")
      }
      contents.on(.ipcMessage) { if $0.channel == "ordered" { heard.append("ipc-message") } }
      contents.on(.ipcMessageSync) { if $0.channel == "ordered" { heard.append("ipc-message-sync") } }
      window.loadFile(page.hasPrefix("..") ? String(page.dropFirst(3)) : "frames/" + page)
      return window.id
    }
    ipcMain.on("preload-ran") { (event, facts: CloneValue) in
      ran.append([facts, .string(CloneString(event.senderFrame?.frameToken ?? "")), facts["url"]])
    }
    ipcMain.handle("preloads-ran") { _ in
      defer { ran = [] }
      return CloneArray(ran)
    }
    ipcMain.handle("frames") { (_, window: Int) in CloneArray(frames(window).map { .object(facts($0)) }) }
    registerMessages()
    registerActions()
    registerLife()
  }

  private static func registerMessages() {
    ipcMain.on("ping") { event in event.reply("pong", event.senderFrame?.frameToken ?? "") }
    ipcMain.on("ping-sender") { event in event.senderFrame?.send("pong", event.senderFrame?.frameToken ?? "")
    }
    // S-14: the contents' `send`.
    ipcMain.on("ping-by-contents") { event in
      event.sender.send("pong", event.senderFrame?.frameToken ?? "")
    }
    ipcMain.on("ping-by-number") { event in
      event.sender.sendToFrame(
        processID: event.processID, frameID: event.frameID, "pong", event.senderFrame?.frameToken ?? "")
      let isSent = event.sender.sendToFrame(
        processID: event.processID, frameID: event.frameID + 1000, "pong", "")
      print("to nobody: \(isSent)")
    }
    // Levels: "all" is ipcMain, "contents" the window's, a number a frame's.
    ipcMain.handle("listen-at") { (_, window: Int, level: String, channel: String) in
      emitter(window, level).on(channel) { (event, value: Int) in
        heard.append(level)
        event.returnValue = value * 2
      }
    }
    // S-05: messages of postMessage, with their number of ports.
    ipcMain.handle("listen-for-ports-at") { (_, window: Int, level: String, channel: String) in
      emitter(window, level).on(channel) { (event, message: String) in
        heard.append("\(level): \(message) with \(event.ports.count)")
        event.reply("answered", level)
      }
    }
    ipcMain.handle("handle-at") { (_, window: Int, level: String, channel: String) in
      emitter(window, level).handle(channel) { (_, value: Int) in "\(level) \(value * 2)" }
    }
    ipcMain.handle("heard") { _ in
      defer { heard = [] }
      return heard
    }
    ipcMain.on("leaving") { (event, how: String) in
      let frame = event.senderFrame
      let facts = frame.map { "detached \($0.detached) in process \($0.processID) at \($0.url)" }
      print("leaving by \(how): \(facts ?? "no frame")")
      kept = frame
    }
  }

  private static func registerActions() {
    ipcMain.handle("execute-in-frame") { (_, window: Int, index: Int, code: String) async throws in
      try await frames(window)[index].executeJavaScript(code)
    }
    ipcMain.handle("reload-frame") { (_, window: Int, index: Int) in frames(window)[index].reload() }
    ipcMain.handle("load-frames") { (_, window: Int, url: String) in
      BrowserWindow.from(id: window)?.loadURL(url)
      return
    }
    ipcMain.handle("show-or-hide") { (_, window: Int, shows: Bool) in
      let window = BrowserWindow.from(id: window)
      if shows { window?.show() } else { window?.hide() }
    }
  }

  private static func registerLife() {
    // Checks that each frame of a window is found by its ids and by its token, as the same object.
    ipcMain.handle("find-frames") { (_, window: Int) in
      frames(window).map {
        WebFrameMain.from(processID: $0.processID, routingID: $0.routingID) == $0
          && WebFrameMain.from(processID: $0.processID, frameToken: $0.frameToken) == $0
      }
    }
    ipcMain.handle("find-nothing") { _ in
      WebFrameMain.from(processID: 0, routingID: 0) == nil
        && WebFrameMain.from(processID: 0, frameToken: "") == nil
    }
    ipcMain.handle("keep-frame") { (_, window: Int, index: Int) in kept = frames(window)[index] }
    ipcMain.handle("kept-frame") { _ -> CloneObject? in kept.map(facts) }
    ipcMain.handle("is-kept-main-frame") { (_, window: Int) in kept == frames(window).first }
    ipcMain.handle("send-to-kept-frame") { _ in kept?.send("pong", "to the kept one") ?? false }
    ipcMain.handle("execute-in-kept-frame") { _ async throws in try await kept?.executeJavaScript("1") }
    ipcMain.handle("fresh-frame") { _ in
      let window = BrowserWindow { $0.show = false }
      defer { window.destroy() }
      return facts(window.webContents.mainFrame)
    }
  }

  /// The frames of a window, depth first.
  private static func frames(_ window: Int) -> [WebFrameMain] {
    BrowserWindow.from(id: window)?.webContents.mainFrame.framesInSubtree ?? []
  }

  private static func emitter(_ window: Int, _ level: String) -> IpcMain {
    let contents = BrowserWindow.from(id: window)!.webContents
    return switch level {
    case "all": ipcMain
    case "contents": contents.ipc
    default: frames(window)[Int(level)!].ipc
    }
  }

  private static func describe(_ frame: WebFrameMain) -> String {
    "\(frame.parent == nil ? "main" : "child") \(file(frame))"
  }

  private static func file(_ frame: WebFrameMain) -> String {
    String(frame.url.split(separator: "/").last ?? "")
  }

  private static func facts(_ frame: WebFrameMain) -> CloneObject {
    func text(_ string: String) -> CloneValue { .string(CloneString(string)) }
    func number(_ number: Int?) -> CloneValue { number.map { .number(Double($0)) } ?? .null }
    return CloneObject([
      ("url", text(frame.url)), ("origin", text(frame.origin)), ("name", text(frame.name)),
      ("frameToken", text(frame.frameToken)), ("processId", number(frame.processID)),
      ("routingId", number(frame.routingID)), ("osProcessId", number(frame.osProcessID)),
      ("frameTreeNodeId", number(frame.frameTreeNodeID)),
      ("visibilityState", text(frame.visibilityState.rawValue)),
      ("parent", number(frame.parent?.frameTreeNodeID)), ("top", number(frame.top?.frameTreeNodeID)),
      ("children", number(frame.frames.count)), ("detached", .bool(frame.detached)),
      ("isDestroyed", .bool(frame.isDestroyed)),
      ("subtree", text(frame.framesInSubtree.map(file).joined(separator: " "))),
    ])
  }
}
