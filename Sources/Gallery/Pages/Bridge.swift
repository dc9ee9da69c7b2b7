import Martlet

/// The wall between the page and the preload. The main process has no part in it.
enum Bridge: DemoPage {
  static let title = "Context bridge"
  static let group = "In depth"

  static func start(_ app: App) {}
}
