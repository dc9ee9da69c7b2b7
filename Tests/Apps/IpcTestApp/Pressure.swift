// Messages to windows in numbers, and what is kept of those that come.

import Martlet

enum Pressure {
  static func register() {
    ipcMain.handle("send-to") { (_, id: Int, channel: String, value: CloneValue) in
      window(id)?.webContents.send(channel, value)
    }
  }

  private static func window(_ id: Int) -> BrowserWindow? { BrowserWindow.all.first { $0.id == id } }
}
