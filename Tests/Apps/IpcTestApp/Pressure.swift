// Messages to windows in numbers, and what is kept of those that come.

import Martlet

enum Pressure {
  private static var kept: WebContents?

  static func register() {
    // How many were accepted.
    ipcMain.handle("push-to") { (_, id: Int, count: Int, size: Int) in
      let text = String(repeating: "x", count: size)
      return (0..<count).count { window(id)?.webContents.send("pushed", $0, text) == true }
    }
    // All that may be asked of contents that are destroyed.
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

  /// Keeps the contents, as an event of theirs would.
  static func keep(_ contents: WebContents) {
    kept = contents
    print("kept a message of \(BrowserWindow.from(contents)?.id ?? 0)")
  }

  private static func window(_ id: Int) -> BrowserWindow? { BrowserWindow.all.first { $0.id == id } }
}
