// The app's own events, a menu, and dialogs with all options.

import Martlet

enum Life {
  static func register(_ app: App) {
    app.on(.beforeQuit) { _ in print("before-quit") }
    app.on(.willQuit) { _ in print("will-quit") }
    app.on(.quit) { print("quit \($0.exitCode)") }
    var subscription: Subscription?
    ipcMain.handle("refuse-to-quit") { _ in subscription = app.on(.beforeQuit) { $0.preventDefault() } }
    ipcMain.handle("allow-to-quit") { _ in subscription?.cancel() }
    ipcMain.on("quit") { _ in app.quit() }
    ipcMain.on("quit-twice") { _ in
      app.on(.beforeQuit) { _ in app.quit() }
      app.quit()
    }
    ipcMain.handle("refuse-to-end-once") { _ in app.once(.willQuit) { $0.preventDefault() } }
    ipcMain.handle("rename") { (_, name: String) -> String in
      app.name = name
      return BrowserWindow { $0.show = false }.title
    }
    ipcMain.on("exit") { (_, status: Int32) in app.exit(status) }

    ipcMain.handle("set-menu") { _ in
      Menu.applicationMenu = Menu([
        .submenu(
          "&Things",
          [
            .item("Enabled") { print("chose Enabled") },
            .item("Disabled", id: "disabled", enabled: false) { print("chose Disabled") },
            .item("Hidden", visible: false) { print("chose Hidden") },
            .separator,
            .checkbox("Marked") { item, _ in print("Marked is \(item.isChecked)") },
            .radio("One", checked: true), .radio("Other"),
          ]),
        .item("Alone") { print("chose Alone") },
      ])
    }
    ipcMain.handle("set-shortcuts") { (_, accelerators: [String]) throws in
      Menu.applicationMenu = Menu([
        .submenu(
          "Keys",
          try accelerators.map { name in
            .item(name, accelerator: try Accelerator(parsing: name)) { print("chose \(name)") }
          })
      ])
    }
    ipcMain.handle("enable-item") { _ in Menu.applicationMenu?.menuItem(id: "disabled")?.isEnabled = true }
    ipcMain.handle("disable-item") { _ in Menu.applicationMenu?.menuItem(id: "disabled")?.isEnabled = false }
    ipcMain.handle("append-item") { (_, label: String) in
      Menu.applicationMenu?.items.first?.submenu?.append(.item(label) { print("chose \(label)") })
    }

    ipcMain.handle("pick-folder") { event async throws -> [String] in
      try await dialog.showOpenDialog(
        BrowserWindow.from(event.sender)
      ) {
        $0.title = "Pick a folder"
        $0.defaultPath = "/usr"
        $0.buttonLabel = "Pick"
        $0.properties = [.openDirectory]
      }.filePaths
    }
    ipcMain.handle("ask-in-new-window") { _ async throws -> Bool in
      try await dialog.showOpenDialog(BrowserWindow()) { $0.title = "A question" }.canceled
    }
    ipcMain.handle("pick-images") { (event, folder: String?) async throws -> [String] in
      try await dialog.showOpenDialog(
        BrowserWindow.from(event.sender)
      ) {
        $0.title = "Pick images"
        $0.defaultPath = folder
        $0.filters = [FileFilter(name: "Pictures", extensions: ["png", "jpg"])]
        $0.properties = [.openFile, .multiSelections]
      }.filePaths
    }
  }
}
