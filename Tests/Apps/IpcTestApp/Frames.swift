// Frames within pages: what the app sees of them, and their messages.

import Martlet

enum Frames {
  static func register(_ app: App) {
    // Opens a page of Tests/Pages/frames, whose preload may run in all of its frames.
    ipcMain.handle("open-frames") { (_, page: String, inSubFrames: Bool?) in
      let window = BrowserWindow(
        .init(
          webPreferences: .init(
            preload: app.resource("frames/preload.js"), nodeIntegrationInSubFrames: inSubFrames ?? true,
            contentSecurityPolicy: nil)))
      let contents = window.webContents
      contents.on(.frameCreated) { print("frame-created \(describe($0))") }
      contents.on(.didFrameNavigate) { print("did-frame-navigate \(describe($0))") }
      contents.on(.didFrameFinishLoad) { print("did-frame-finish-load \(describe($0))") }
      window.loadFile("frames/" + page)
      return window.id
    }
    ipcMain.on("preload-ran") { (event, url: String, isMainFrame: Bool) in
      print("preload-ran \(url) \(isMainFrame) \(event.senderFrame?.frameToken ?? "none")")
    }
    ipcMain.handle("frames") { (_, window: Int) in
      CloneArray(frames(window).map { .object(facts($0)) })
    }
    ipcMain.handle("execute-in-frame") { (_, window: Int, index: Int, code: String) async throws in
      try await frames(window)[index].executeJavaScript(code)
    }
  }

  /// The frames of a window, depth first.
  private static func frames(_ window: Int) -> [WebFrameMain] {
    BrowserWindow.all.first { $0.id == window }?.webContents.mainFrame.framesInSubtree ?? []
  }

  private static func describe(_ frame: WebFrameMain) -> String {
    "\(frame.parent == nil ? "main" : "child") \(frame.url.split(separator: "/").last ?? "")"
  }

  private static func facts(_ frame: WebFrameMain) -> CloneObject {
    CloneObject([
      ("url", .string(CloneString(frame.url))), ("origin", .string(CloneString(frame.origin))),
      ("name", .string(CloneString(frame.name))), ("token", .string(CloneString(frame.frameToken))),
      ("processId", .number(Double(frame.processId))), ("routingId", .number(Double(frame.routingId))),
      ("osProcessId", .number(Double(frame.osProcessId))),
      ("frameTreeNodeId", .number(Double(frame.frameTreeNodeId))),
      ("visibility", .string(CloneString(frame.visibilityState.rawValue))),
      ("parent", frame.parent.map { .number(Double($0.frameTreeNodeId)) } ?? .null),
      ("top", frame.top.map { .number(Double($0.frameTreeNodeId)) } ?? .null),
      ("children", .number(Double(frame.frames.count))), ("detached", .bool(frame.detached)),
      ("isDestroyed", .bool(frame.isDestroyed)),
    ])
  }
}
