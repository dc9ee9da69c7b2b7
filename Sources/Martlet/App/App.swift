// Electron's app: start, files and end of the program, on a GtkApplication. GLib's loop is Swift's main
// executor (MartletGLib/MainLoop).

internal import CMartletWebKit
internal import MartletGLib
internal import Glibc
internal import MartletWebHost

/// The app: its start, the location of its files, and its end.
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
  /// The app id, such as `dev.example.Hello`. It is also the app's D-Bus name and the host in the URLs of its
  /// pages.
  public let id: String
  public let _events = _EventTable()
  /// The name that the user sees: the label of the first menu, and the title of windows without one.
  /// Electron: `app.name`.
  public var name: String
  /// The command-line arguments, without the program's name.
  public let arguments: [String]
  /// Whether GTK is initialized. True when the `whenReady` closure runs. Electron: `app.isReady()`.
  public private(set) var isReady = false
  let application: GObjectRef
  let engine: WebEngine
  /// Whether D-Bus has started this process to activate the app.
  private let isService: Bool
  var quitting = Quitting.no
  /// Called with the exit status when the app has quit.
  private(set) var ended: @MainActor (Int32) -> Void = { _ in }
  private var waitingForReady: [CheckedContinuation<Void, Never>] = []

  /// GLib's argument for an app that D-Bus starts. It is in the `Exec` line of the service file.
  private static let serviceArgument = "--gapplication-service"

  /// The running app. Nil before `App.run`.
  public private(set) static var current: App?

  static var running: App {
    guard let current else { fatalError("This needs a running app: call it inside App.run") }
    return current
  }

  /// Runs an app until it quits, and ends the process with its exit status.
  ///
  /// - Parameters:
  ///   - id: A reverse domain name, such as `dev.example.Hello`.
  ///   - name: The name that the user sees. The last part of `id` by default.
  ///   - resources: The folder of the app's pages, relative to the package's `Resources` folder. It is used
  ///     while the app runs from its build folder; an installed app uses `<prefix>/share/<id>`. An absolute
  ///     path is used in both cases.
  ///   - whenReady: The app's program, called once GTK is initialized. Electron: `app.whenReady().then(…)`.
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

  /// Makes an app on GLib's default main context. The caller runs that context's loop, on this thread. The
  /// app starts at `activateAttached`.
  ///
  /// - Parameters:
  ///   - ended: Called once, when the app has quit, with its exit status.
  /// - Throws: `AppError` if this process has an app already, or the app cannot be started.
  @discardableResult
  package static func attach(
    id: String, name: String? = nil, resources: String = "",
    ended: @escaping @MainActor (Int32) -> Void, whenReady: @escaping @MainActor (App) -> Void
  ) throws -> App {
    let app = try prepare(id: id, name: name, resources: resources, whenReady: whenReady)
    app.ended = ended
    _ = try throwingGError { g_application_register(app.application.pointer(), nil, $0) }
    return app
  }

  /// Starts an app that `attach` has made. D-Bus activates a service itself.
  package func activateAttached() {
    if !isService { g_application_activate(application.pointer()) }
  }

  /// Makes the app. It starts when it is activated.
  private static func prepare(
    id: String, name: String?, resources: String, whenReady: @escaping @MainActor (App) -> Void
  ) throws -> App {
    if let current {
      throw AppError("App.run was called twice, this process already has the app \(current.id)")
    }
    Home.makeSure()
    MainLoop.install()
    Descriptors.allowMany()
    let app = try App(id: id, name: name, resources: resources)
    current = app
    // GLib ends a service that is not activated after ten seconds.
    app.application.onActivate { [unowned app] in
      if app.isReady { app.activateAgain() } else { app.start(whenReady) }
    }
    return app
  }

  private init(id: String, name: String?, resources: String) throws {
    guard g_application_id_is_valid(id) != 0 else {
      throw AppError("'\(id)' is not an application id: use a form such as dev.example.Name")
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
    // Not unique: as in Electron, a second start is a second process by default. An app that D-Bus starts is
    // unique: it owns its id on the session bus, so a later activation reaches this process.
    application = GObjectRef(
      adopting: gtk_application_new(id, isService ? G_APPLICATION_IS_SERVICE : G_APPLICATION_NON_UNIQUE))
    engine = try WebEngine(appID: id, root: root)
  }

  /// Runs GLib's loop until the app has quit, and returns the exit status.
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
    // The loop ends when the app quits, not when the last GTK window is closed.
    g_application_hold(application.pointer())
    isReady = true
    TestDriver.startIfAsked()
    whenReady(self)
    emit(.ready)
    // GLib accepts the name only once, so it is set after the app's program has run.
    g_set_application_name(name)
    waitingForReady.forEach { $0.resume() }
    waitingForReady = []
  }

  /// D-Bus has activated this process again.
  private func activateAgain() {
    emit(.activate)
    (BrowserWindow.focused ?? BrowserWindow.all.last(where: \.isVisible))?.focus()
  }

  /// Waits until the app is ready. Returns at once if it is. Electron: `app.whenReady()`.
  public func whenReady() async {
    if isReady { return }
    await withCheckedContinuation { waitingForReady.append($0) }
  }

  /// The absolute path of a file in the app's folder.
  ///
  /// - Parameter path: A path relative to the app's folder, such as `preload.js`.
  public func resource(_ path: String) -> String {
    Files.canonical(path, relativeTo: engine.root.folder)
  }
}

/// The app could not start, or its state does not allow a call.
package struct AppError: Error, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}
