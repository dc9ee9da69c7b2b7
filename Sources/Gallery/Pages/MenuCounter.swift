import Martlet

/// Pattern 3: the main process sends to the page, here from a native menu.
enum MenuCounter: DemoPage {
  static let title = "Count from a menu"
  static let group = "Patterns"

  static func start(_ app: App) {
    ipcMain.on("counter-value") { (_, value: Int) in
      print("The counter is at \(value)")
    }
  }

  static func menu() -> MenuItem? {
    .submenu(
      "Counter",
      [
        .item("Increment", accelerator: "CmdOrCtrl+Up") { _, window in
          window?.webContents.send("update-counter", 1)
        },
        .item("Decrement", accelerator: "CmdOrCtrl+Down") { _, window in
          window?.webContents.send("update-counter", -1)
        },
      ])
  }
}
