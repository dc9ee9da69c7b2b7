// Prints the events of the app, its windows and their pages, one line each, with the argument --events.

import Martlet

enum Events {
  /// The pages' console messages, as the app receives them. A long line may be incomplete in the log, because
  /// web processes write there too.
  private static var texts: [String] = []

  static func forget() { texts = [] }

  static func register(_ app: App) {
    guard app.arguments.contains("--events") else { return }
    app.on(.ready) {
      print("ready")
      Task {
        await app.whenReady()
        print("whenReady returned, isReady is \(app.isReady)")
      }
    }
    app.on(.webContentsCreated) { contents in
      print("web-contents-created with url '\(contents.url)'")
      register(contents)
    }
    app.on(.browserWindowCreated) { window in
      let isIn = BrowserWindow.all.contains { $0 === window }
      print("browser-window-created: \(isIn ? "in" : "not in") all, its contents' \(window.webContents.id)")
      register(window)
    }
    // These need no page: its window is hidden, or its process gone.
    ipcMain.on("hide-and-show") { event in
      let window = BrowserWindow.from(event.sender)
      window?.hide()
      window?.show()
    }
    ipcMain.handle("console-texts") { _ in texts }
    ipcMain.on("load") { (event, page: String) in event.sender.loadFile(page) }
  }

  private static func register(_ window: BrowserWindow) {
    let id = window.id
    window.on(.show) { print("\(id) show, visible \(window.isVisible)") }
    window.on(.hide) { print("\(id) hide, visible \(window.isVisible)") }
    window.on(.focus) { print("\(id) focus \(BrowserWindow.focused === window)") }
    window.on(.blur) { print("\(id) blur \(BrowserWindow.focused === window)") }
    window.on(.closed) { print("\(id) closed") }
  }

  private static func register(_ contents: WebContents) {
    let id = contents.id
    contents.on(.domReady) { print("\(id) dom-ready") }
    contents.on(.didFinishLoad) { print("\(id) did-finish-load") }
    contents.on(.didFailLoad) { print("\(id) did-fail-load \($0.error)") }
    contents.on(.pageTitleUpdated) { print("\(id) page-title-updated \($0.title)") }
    contents.on(.consoleMessage) {
      texts.append($0.text)
      print(
        "\(id) console-message \($0.level) '\($0.text)' "
          + "\($0.source.split(separator: "/").last ?? ""):\($0.line)"
      )
    }
    contents.on(.ipcMessageSync) { message in
      guard message.channel == "only-the-event-answers" else { return }
      message.event.returnValue = "\(message.arguments)"
    }
    contents.on(.renderProcessGone) { print("\(id) render-process-gone \($0.reason)") }
    contents.on(.devtoolsOpened) { print("\(id) devtools-opened, \(contents.isDevToolsOpened)") }
    contents.on(.devtoolsClosed) { print("\(id) devtools-closed, \(contents.isDevToolsOpened)") }
    contents.on(.destroyed) { print("\(id) destroyed, isDestroyed is \(contents.isDestroyed)") }
  }
}
