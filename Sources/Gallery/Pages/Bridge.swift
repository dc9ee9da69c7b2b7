import Martlet

/// The isolation of page and preload (contextBridge). The main process is not involved.
enum Bridge: DemoPage {
  static let title = "Context bridge"
  static let group = "In depth"

  static func start(_ app: App) {}
}
