// The main process of the IPC tests. Its preload stores `electron` in the preload's world, where the tests
// run their scripts. Its page is minimal.

import Martlet

@main enum IpcTestApp {
  static func main() {
    let id = "dev.martlet.tests.IpcTestApp"
    let resources = pages ?? "../Tests/Pages"
    if CommandLine.arguments.contains("--own-loop") {
      OwnLoop.run(id: id, resources: resources, whenReady: start)
    } else {
      App.run(id: id, resources: resources, whenReady: start)
    }
  }

  private static func start(_ app: App) {
    // MAIN-03: before any listener is added.
    print("ipcMain begins with \(ipcMain.eventNames)")
    Handlers.register()
    Listeners.register()
    Echoes.register()
    Windows.register(app)
    Loads.register()
    Frames.register(app)
    Emitters.register(app)
    Ports.register()
    Hostile.register()
    Pressure.register()
    Limits.register()
    Scarcity.register()
    Strain.register()
    app.on(.activate) { print("activated again") }
    app.on(.sandboxMissing) { print("sandbox missing for #\($0.id)") }
    app.on(.windowAllClosed) {
      print("window-all-closed")
      if !app.arguments.contains("--stay") { app.quit() }
    }
    Life.register(app)
    Events.register(app)
    let page = app.arguments.first { $0.hasSuffix(".html") } ?? "page.html"
    Beginning.register(app, page: page)
    if app.arguments.contains("--no-window") { return }
    Windows.open(
      app, preload: app.arguments.first { $0.hasSuffix(".js") } ?? "preload.js", page: page,
      contentSecurityPolicy: app.arguments.contains("--no-policy")
        ? nil : WebPreferences.defaultContentSecurityPolicy)
  }
}

/// The folder of the argument `--pages=FOLDER`.
private var pages: String? {
  let option = "--pages="
  return CommandLine.arguments.first { $0.hasPrefix(option) }.map { String($0.dropFirst(option.count)) }
}

/// An error that a handler throws.
struct Failure: Error, CustomStringConvertible {
  let description: String
}

/// An error with a name, a code and data that a handler throws.
struct DetailedFailure: IpcError {
  let name = "QuotaError"
  let message = "no room left"
  let code: ErrorCode = "E_QUOTA"
  var data: CloneValue? { ["used": 10, "limit": 10] }
}

/// A result that cannot be cloned.
struct Uncloneable: CloneEncodable {
  func cloneValue() throws(CloneError) -> CloneValue {
    throw .notCloneable("a file handle")
  }
}

struct Todo: Codable, CloneCodable {
  var title: String
  var done: Bool
  var tags: [String]
}
