import Martlet

/// The Gallery's first page.
enum Start: DemoPage {
  static let title = "Welcome"
  static let group = ""

  static func start(_ app: App) {
    ipcMain.handle("start:add") { (_, a: Double, b: Double) in a + b }
  }
}
