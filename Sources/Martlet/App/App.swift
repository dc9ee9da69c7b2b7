// Electron's app: the program's life, on a GtkApplication. Its loop is Swift's main executor
// (MartletGLib/MainLoop).

internal import CMartletWebKit
internal import MartletGLib
internal import Glibc
internal import MartletWebHost

/// The app: how it starts, where its files are, how it ends.
///
/// ```swift
/// @main enum Hello {
///   static func main() {
///     App.run(id: "dev.example.Hello") { app in
///       BrowserWindow().loadFile("index.html")
///     }
///   }
/// }
/// ```
///
/// Electron: `app`.
public final class App: EventSource {
  /// The app id, which is also its D-Bus name and the host of its pages: `dev.example.Hello`.
  public let id: String
  public let _events = _EventTable()
  /// What the user calls the app: the first menu's label, and the title of windows without one.
  public var name: String
  /// The arguments after the program's own name.
  public let arguments: [String]
  /// Whether GTK is initialized. True when the `whenReady` closure runs. Electron: `app.isReady()`.
  public private(set) var isReady = false
  let application: GObjectRef
  let engine: WebEngine
  /// Whether D-Bus has started this process to activate the app.
  private let isService: Bool
  var quitting = Quitting.no
  /// What is done when the app has quit, with its exit status.
  private(set) var ended: @MainActor (Int32) -> Void = { _ in }
  private var waitingForReady: [CheckedContinuation<Void, Never>] = []

  /// The argument by which D-Bus starts an app, after `Exec` of its service file. GLib's name.
  private static let serviceArgument = "--gapplication-service"

  /// The app that runs; nil before `App.run`.
  public private(set) static var current: App?

  static var running: App {
    guard let current else { fatalError("This needs a running app: call it inside App.run") }
    return current
  }

  /// Runs an app until it quits, and ends the process with its exit status.
  ///
  /// - Parameters:
  ///   - id: A reverse domain name, such as `dev.example.Hello`.
  ///   - name: What the user calls the app; the id's last part when left out.
  ///   - resources: The folder of the app's pages below the package's `Resources`, while it runs from its
  ///     build tree. An installed app has them in `<prefix>/share/<id>`. An absolute path is the folder
  ///     wherever the app is.
  ///   - whenReady: The app's program, run once GTK is up. Electron: `app.whenReady().then(…)`.
  public static func run(
    id: String, name: String? = nil, resources: String = "", whenReady: @escaping @MainActor (App) -> Void
  ) -> Never {
    Log.printLineByLine()
    do {
      Glibc.exit(try prepare(id: id, name: name, resources: resources, whenReady: whenReady).runLoop())
    } catch {
      Log.critical("\(id): \(error)")
      Glibc.exit(1)
    }
  }

  /// Starts an app on GLib's default context, whose loop somebody else runs, on this thread.
  ///
  /// - Parameters:
  ///   - ended: Called once, when the app has quit, with its exit status.
  /// - Throws: `AppError` when there is an app already, or one cannot be started.
  @discardableResult
  package static func attach(
    id: String, name: String? = nil, resources: String = "",
    ended: @escaping @MainActor (Int32) -> Void, whenReady: @escaping @MainActor (App) -> Void
  ) throws -> App {
    let app = try prepare(id: id, name: name, resources: resources, whenReady: whenReady)
    app.ended = ended
    _ = try throwingGError { g_application_register(app.application.pointer(), nil, $0) }
    if !app.isService { g_application_activate(app.application.pointer()) }
    return app
  }

  /// Makes the app, which starts when it is activated.
  private static func prepare(
    id: String, name: String?, resources: String, whenReady: @escaping @MainActor (App) -> Void
  ) throws -> App {
    if let current { throw AppError("there is an app in this process already: \(current.id)") }
    Home.makeSure()
    MainLoop.install()
    Descriptors.allowMany()
    let app = try App(id: id, name: name, resources: resources)
    current = app
    // A service that nobody activates ends by itself, ten seconds later.
    app.application.onActivate { [unowned app] in
      if app.isReady { app.activateAgain() } else { app.start(whenReady) }
    }
    return app
  }

  private init(id: String, name: String?, resources: String) throws {
    guard g_application_id_is_valid(id) != 0 else {
      throw AppError("'\(id)' is no application id: it must be like dev.example.Name")
    }
    g_set_prgname(id)
    guard gtk_init_check() != 0 else {
      throw AppError("cannot open a display: neither WAYLAND_DISPLAY nor DISPLAY names one that answers")
    }
    let files = InstalledFiles.own
    guard let folder = files.resources(id: id, name: resources), let root = AppRoot(folder) else {
      throw AppError(
        "found no folder with the app's pages: neither \(files.prefix)/share/\(id) "
          + "nor Resources/\(resources) above \(InstalledFiles.module)")
    }
    self.id = id
    self.name = name ?? String(id.split(separator: ".").last ?? "")
    arguments = CommandLine.arguments.dropFirst().filter { $0 != Self.serviceArgument }
    isService = CommandLine.arguments.contains(Self.serviceArgument)
    // Not unique: as in Electron, a second start is a second process until the app asks otherwise. What D-Bus
    // starts is: it owns the app's id on the session bus, and whoever activates the id reaches this process.
    application = GObjectRef(
      adopting: gtk_application_new(id, isService ? G_APPLICATION_IS_SERVICE : G_APPLICATION_NON_UNIQUE))
    engine = try WebEngine(appID: id, root: root)
  }

  /// Runs GLib's loop until the app has quit; its exit status.
  private func runLoop() -> Int32 {
    var exitStatus: Int32 = 0
    ended = { [unowned self] in
      exitStatus = $0
      g_application_quit(application.pointer())
    }
    let status = g_application_run(application.pointer(), 0, nil)
    return status == 0 ? exitStatus : status
  }

  private func start(_ whenReady: @MainActor (App) -> Void) {
    // From here on the loop ends when the app says so, not when GTK has run out of windows.
    g_application_hold(application.pointer())
    isReady = true
    TestDriver.startIfAsked()
    whenReady(self)
    emit(.ready)
    // GLib takes one name for good: the one that the app has when its program has run.
    g_set_application_name(name)
    waitingForReady.forEach { $0.resume() }
    waitingForReady = []
  }

  /// The desktop has started the app once more, by D-Bus, which reaches this process.
  private func activateAgain() {
    emit(.activate)
    (BrowserWindow.focused ?? BrowserWindow.all.last(where: \.isVisible))?.focus()
  }

  /// Returns once the app is ready; at once when it is already.
  public func whenReady() async {
    if isReady { return }
    await withCheckedContinuation { waitingForReady.append($0) }
  }

  /// The absolute path of a file in the app's folder.
  public func resource(_ path: String) -> String {
    Files.canonical(path, relativeTo: engine.root.folder)
  }
}

/// Why an app could not start, or cannot do something now.
package struct AppError: Error, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}
