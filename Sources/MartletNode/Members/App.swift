// Electron's `app`.

internal import CMartletNode
internal import Martlet

extension App: NodeObject {
  static let table: AnyClassTable = ClassTable<App>("App") {
    $0.property("name", get: "getName", set: "setName", \.name)
    $0.method("isReady") { $0.isReady }
    $0.method("quit") { $0.quit() }
    $0.method("exit") { (app: App, status: Int32?) in app.exit(status ?? 0) }
    $0.method("getPath") { (app: App, name: String) in
      guard let path = App.PathName(name) else { throw UnknownPath(name: name) }
      return app.path(path)
    }
    // Node goes on while there is an app. Before, a main script that is done ends the process.
    $0.method("start") {
      martlet_loop_hold()
      $0.activateAttached()
    }

    $0.event(.ready)
    $0.event(.activate)
    $0.event(.windowAllClosed)
    $0.event(.beforeQuit)
    $0.event(.willQuit)
    $0.event(.quit) { [$0.exitCode] }
    $0.event(.browserWindowCreated) { [$0] }
    $0.event(.webContentsCreated) { [$0] }
    $0.event(.sandboxMissing) { [$0] }
  }
}

/// `app.getPath` does not know the name.
struct UnknownPath: Error, CustomStringConvertible {
  let name: String

  /// Electron's text.
  var description: String { "Failed to get '\(name)' path" }
}
