import Martlet

/// What an argument can be: all that structured clone can copy.
enum Values: DemoPage {
  static let title = "Values"
  static let group = "In depth"

  static func start(_ app: App) {
    ipcMain.handle("values:round-trip") { (_, value: CloneValue) in
      [.string(CloneString("\(value)")), value]
    }

    // Declared types are checked: another argument rejects the call, and the error says why.
    ipcMain.handle("values:area") { (_, width: Double, height: Double) in
      width * height
    }
  }
}
