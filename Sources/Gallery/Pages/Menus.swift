import Martlet

/// Check marks, radio groups and dynamic items: keeps the state of a menu and its page in step.
enum Menus: DemoPage {
  static let title = "Menus"
  static let group = "Desktop"

  struct State: Codable, CloneCodable {
    var shape: String
    var filled: Bool
    var turns: Bool
  }

  private static let shapes = ["Circle", "Square", "Triangle"]

  static func start(_ app: App) {
    ipcMain.handle("menus:state") { _ in state }

    // The page's controls set the menu.
    ipcMain.on("menus:change") { (event, new: State) in
      item(new.shape)?.isChecked = true
      item("Filled")?.isChecked = new.filled
      item("Turn")?.isEnabled = new.turns
      event.reply("menus:changed", state)
    }
  }

  static func menu() -> MenuItem? {
    .submenu(
      "Shape",
      shapes.map { .radio($0, id: $0, checked: $0 == shapes[0]) { _, window in show(window) } }
        + [
          .separator,
          .checkbox("Filled", id: "Filled", checked: true) { _, window in show(window) },
          .item("Turn", id: "Turn", accelerator: "CmdOrCtrl+T") { _, window in
            window?.webContents.send("menus:turn", 45)
          },
        ])
  }

  private static func show(_ window: BrowserWindow?) {
    window?.webContents.send("menus:changed", state)
  }

  private static var state: State {
    State(
      shape: shapes.first { item($0)?.isChecked == true } ?? "",
      filled: item("Filled")?.isChecked == true,
      turns: item("Turn")?.isEnabled == true)
  }

  private static func item(_ id: String) -> MenuItem? {
    Menu.applicationMenu?.menuItem(id: id)
  }
}
