// Echoes values by every path, and keeps cyclic values.

import Martlet

enum Echoes {
  private static var held: CloneValue = .undefined

  static func forget() { held = .undefined }

  static func register() {
    // Up to six arguments; missing ones are undefined.
    ipcMain.handle("echo-all") { (_, a: Value, b: Value, c: Value, d: Value, e: Value, f: Value) in
      [a, b, c, d, e, f]
    }
    ipcMain.on("echo-all-sync") { (event, a: Value, b: Value, c: Value, d: Value, e: Value, f: Value) in
      event.returnValue = [a, b, c, d, e, f]
    }
    ipcMain.on("echo-all") { (event, a: Value, b: Value, c: Value, d: Value, e: Value, f: Value) in
      event.reply("echoed-all", a, b, c, d, e, f)
    }

    ipcMain.on("uncloneable") { event in event.returnValue = Uncloneable() }
    ipcMain.on("uncloneable-reply") { event in event.reply("echoed", Uncloneable()) }

    // Cyclic values: kept, read, used after a pause, and made here.
    ipcMain.on("hold") { (_, value: Value) in held = value }
    ipcMain.handle("held-name") { _ in held["self"]["list"][0]["name"] }
    ipcMain.handle("let-go") { _ in held = .undefined }
    ipcMain.handle("name-later") { (_, value: CloneObject) async -> Value in
      try? await Task.sleep(for: .milliseconds(20))
      return value["list"][0]["self"]["name"]
    }
    ipcMain.handle("make-cycle") { _ -> Value in
      let object = CloneObject([("name", "made")])
      object["self"] = .object(object)
      return .object(object)
    }
  }

  private typealias Value = CloneValue
}
