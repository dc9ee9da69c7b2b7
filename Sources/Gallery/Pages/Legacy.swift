import Martlet

/// Requests as they were made before promises.
enum Legacy: DemoPage {
  static let title = "Older ways"
  static let group = "Patterns"

  static func start(_ app: App) {
    ipcMain.on("asynchronous-message") { (event, argument: String) in
      // Works like `send`, but goes back to the renderer that sent the message.
      event.reply("asynchronous-reply", "pong, \(argument.count) letters")
    }

    ipcMain.on("synchronous-message") { (event, argument: String) in
      // The page is blocked until this is set.
      event.returnValue = "pong, \(argument.count) letters"
    }
  }
}
