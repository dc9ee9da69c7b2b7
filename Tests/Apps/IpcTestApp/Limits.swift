// Handlers that make much of little.

import Martlet

enum Limits {
  static func register() {
    ipcMain.handle("count-rows") { (_, rows: [[Double]]) in rows.count }
  }
}
