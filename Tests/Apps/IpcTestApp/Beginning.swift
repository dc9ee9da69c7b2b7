// Returns the app to its first state, for the next of the tests that share it.

import Martlet

enum Beginning {
  /// Listens for `begin-test`, which leaves the first window as the only one, with a new document. A test
  /// waits for the line in the log. A handler that was removed is not added again: a test that removes one
  /// has an app of its own.
  static func register(_ app: App, page: String) {
    let menu = Menu.applicationMenu
    ipcMain.on("begin-test") { (event, number: Int) in
      for window in BrowserWindow.all where window.webContents !== event.sender { window.destroy() }
      forget()
      if Menu.applicationMenu !== menu { Menu.applicationMenu = menu }
      guard let window = BrowserWindow.from(event.sender) else { return }
      if !window.isVisible { window.show() }
      Task {
        do {
          try await window.loadFile(page, query: "window=\(window.id)").value
          print("test \(number) begins")
        } catch {
          print("no test can begin: \(error)")
          app.exit(1)
        }
      }
    }
  }

  private static func forget() {
    Handlers.forget()
    Listeners.forget()
    Echoes.forget()
    Emitters.forget()
    Frames.forget()
    Ports.forget()
    Pressure.forget()
    Events.forget()
  }
}
