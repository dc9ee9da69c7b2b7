// Electron's `WebContents` and `WebFrameMain`.

internal import Martlet
internal import MartletClone

extension WebContents: NodeObject {
  static let table: AnyClassTable = ClassTable<WebContents>("WebContents") {
    $0.static("fromId") { (id: Int) in WebContents.from(id: id) }
    $0.static("getAllWebContents") { WebContents.all }

    $0.property("id", isLasting: true, \.id)
    $0.property("ipc", \.ipc)
    $0.property("mainFrame", \.mainFrame)
    $0.method("getURL") { $0.url }
    $0.method("getTitle") { $0.title }
    $0.method("isLoading") { $0.isLoading }
    $0.method("isDestroyed", isLasting: true) { $0.isDestroyed }
    $0.method("reload") { $0.reload() }
    $0.method("stop") { $0.stop() }
    $0.method("openDevTools") { $0.openDevTools() }
    $0.method("closeDevTools") { $0.closeDevTools() }
    $0.method("isDevToolsOpened") { $0.isDevToolsOpened }
    $0.method("toggleDevTools") { $0.toggleDevTools() }
    $0.promise("loadURL") { (contents: WebContents, url: String) async throws in
      try await contents.loadURL(url).value
    }
    $0.promise("loadFile") {
      (contents: WebContents, path: String, query: String?, hash: String?) async throws in
      try await contents.loadFile(path, query: query, hash: hash).value
    }
    $0.promise("executeJavaScript") { (contents: WebContents, code: String) async throws in
      try SerializedValue(await contents.executeJavaScript(code))
    }
    $0.method("send") { (contents: WebContents, channel: String, message: SerializedValue) in
      _ = contents.mainFrame.send(channel, encoded: message.bytes)
    }
    $0.method("postMessage") { (contents: WebContents, message: SerializedValue, ports: [MessagePortMain]) in
      try contents.mainFrame.postMessage(encoded: message.bytes, transfer: ports)
    }

    $0.method("getProcessId") { $0.mainFrame.processID }
    $0.method("getOSProcessId") { $0.mainFrame.osProcessID }

    $0.ends(with: .destroyed)
    $0.event(.domReady)
    $0.event(.didFinishLoad)
    $0.event(.didFailLoad) { [$0.errorCode, $0.errorDescription, $0.validatedURL, $0.isMainFrame] }
    $0.event(.didFrameFinishLoad) { [$0.isMainFrame, $0.frame.processID, $0.frame.routingID] }
    $0.event(.frameCreated) { [NodeRecord(["frame": $0.frame])] }
    // WebKit reports no status. -1 and an empty text are what Electron gives where there is none.
    $0.event(.didFrameNavigate) {
      [$0.url, -1, "", $0.isMainFrame, $0.frame.processID, $0.frame.routingID]
    }
    $0.event(.pageTitleUpdated) { [$0.title, $0.explicitSet] }
    $0.event(.ipcMessage) { try arguments(of: $0) }
    $0.event(.ipcMessageSync) { try arguments(of: $0) }
    $0.event(.consoleMessage) { ["\($0.level)", $0.text, $0.line, $0.source] }
    // WebKit does not report the exit status.
    $0.event(.renderProcessGone) { [NodeRecord(["reason": "\($0.reason)", "exitCode": 0])] }
    $0.event(.preloadError) { [$0.preloadPath, $0.error.message] }
    $0.event(.devtoolsOpened)
    $0.event(.devtoolsClosed)
    $0.event(.destroyed)
  }

  private static func arguments(of message: IpcMessage) throws -> [any ToNode] {
    [message.event, message.channel, try SerializedValue(.array(CloneArray(message.arguments)))]
  }
}

extension WebFrameMain: NodeObject {
  static var destroyedMessage: String { "Render frame was disposed before WebFrameMain could be accessed" }

  static let table: AnyClassTable = ClassTable<WebFrameMain>("WebFrameMain") {
    $0.static("fromId") { (process: Int, routing: Int) in
      WebFrameMain.from(processID: process, routingID: routing)
    }
    $0.static("fromFrameToken") { (process: Int, token: String) in
      WebFrameMain.from(processID: process, frameToken: token)
    }

    $0.property("url", \.url)
    $0.property("origin", \.origin)
    $0.property("name", \.name)
    $0.property("frameToken", \.frameToken)
    $0.property("frameTreeNodeId", \.frameTreeNodeID)
    $0.property("routingId", \.routingID)
    $0.property("processId", \.processID)
    $0.property("osProcessId", \.osProcessID)
    $0.property("parent", \.parent)
    $0.property("top", \.top)
    $0.property("frames", \.frames)
    $0.property("visibilityState", \.visibilityName)
    $0.property("framesInSubtree", \.framesInSubtree)
    $0.property("detached", isLasting: true, \.detached)
    $0.property("ipc", \.ipc)
    $0.method("isDestroyed", isLasting: true) { $0.isDestroyed }
    $0.method("reload") { $0.reload() }
    $0.promise("executeJavaScript") { (frame: WebFrameMain, code: String) async throws in
      try SerializedValue(await frame.executeJavaScript(code))
    }
    $0.method("send") { (frame: WebFrameMain, channel: String, message: SerializedValue) in
      _ = frame.send(channel, encoded: message.bytes)
    }
    $0.method("postMessage") { (frame: WebFrameMain, message: SerializedValue, ports: [MessagePortMain]) in
      try frame.postMessage(encoded: message.bytes, transfer: ports)
    }
    $0.event(.domReady)
  }

  private var visibilityName: String { visibilityState.rawValue }
}
