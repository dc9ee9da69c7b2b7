import Martlet

/// Argument types: everything that structured clone can copy.
enum Values: DemoPage {
  static let title = "Values"
  static let group = "In depth"

  static func start(_ app: App) {
    ipcMain.handle("values:round-trip") { (_, value: CloneValue) in
      [.string(CloneString("\(value)")), value]
    }

    // Parameter types are checked: another type rejects the call with an error that says why.
    ipcMain.handle("values:area") { (_, width: Double, height: Double) in
      width * height
    }
  }
}
