// The process's only WebKitWebContext, its schemes, and the data that every web process gets at its start.
// Each further context would leave a network process behind.

internal import CMartletShim
internal import CMartletWebKit
internal import MartletGLib
internal import Glibc
internal import MartletIPC

/// WebKit, set up once for this app.
package final class WebEngine {
  /// The host of the app's own pages: `app://<id>/…`.
  package let appID: String
  /// The folder that `app://<id>/` serves.
  package let root: AppRoot
  let context: GObjectRef
  let session: GObjectRef
  /// The preload's world: a random name of this run, unknown to pages.
  let world = "martlet-" + randomToken()
  /// The key that every request of the private scheme must begin with.
  let key = randomToken()
  private var hosts: [UInt: WeakHost] = [:]

  /// - Throws: `EngineError` when the renderer extension is missing.
  package init(appID: String, root: AppRoot) throws(EngineError) {
    self.appID = appID
    self.root = root
    Log.explainEnd(Sandbox.explanation)
    context = GObjectRef(adopting: webkit_web_context_new())
    session = StoredData.session(appID: appID)
    setLanguages()
    try startExtension()
    registerSchemes()
  }

  private func setLanguages() {
    let names = Languages.preferred.map { strdup($0) }
    defer { names.forEach { free($0) } }
    var list = names.map { $0.map { UnsafePointer($0) } } + [nil]
    webkit_web_context_set_preferred_languages(context.opaque, &list)
  }

  private func startExtension() throws(EngineError) {
    let files = InstalledFiles.own
    guard let folder = files.rendererFolder else {
      throw EngineError(
        "\(InstalledFiles.rendererName) was not found: install it in one of these folders: "
          + files.rendererCandidates.joined(separator: ", "))
    }
    // Outside /usr the sandbox hides from a web process every path that was not added before the process
    // started.
    webkit_web_context_add_path_to_sandbox(context.opaque, folder, 1)
    webkit_web_context_set_web_process_extensions_directory(context.opaque, folder)
    let entries = [
      ("world", world), ("key", key), ("isolated-script", BridgeBundle.isolatedScript),
      ("page-script", BridgeBundle.pageScript), ("transport", Self.transport),
    ]
    webkit_web_context_set_web_process_extensions_initialization_user_data(
      context.opaque, newVariant(strings: entries))
  }

  /// The transport of envelopes: `lane`, or `script-message` if `MARTLET_TRANSPORT` in the environment says
  /// so.
  private static var transport: String {
    g_getenv("MARTLET_TRANSPORT").map { String(cString: $0) } == "script-message" ? "script-message" : "lane"
  }

  private func registerSchemes() {
    let security = webkit_web_context_get_security_manager(context.opaque)
    for scheme in [AppScheme.name, PrivateScheme.name] {
      webkit_security_manager_register_uri_scheme_as_secure(security, scheme)
      webkit_security_manager_register_uri_scheme_as_cors_enabled(security, scheme)
    }
    register(AppScheme.name) { [unowned self] in AppScheme.answer($0, engine: self) }
    register(PrivateScheme.name) { [unowned self] in PrivateScheme.answer($0, engine: self) }
  }

  private func register(_ scheme: String, _ answer: @escaping @MainActor (SchemeRequest) -> Void) {
    let box = Unmanaged.passRetained(SchemeHandler(answer))
    webkit_web_context_register_uri_scheme(
      context.opaque, scheme,
      { request, data in
        let request = UInt(bitPattern: request)
        let data = UInt(bitPattern: data)
        MainActor.assumeIsolated {
          Unmanaged<SchemeHandler>.fromOpaque(UnsafeRawPointer(bitPattern: data)!).takeUnretainedValue()
            .answer(SchemeRequest(OpaquePointer(bitPattern: request)!))
        }
      }, box.toOpaque(), { Unmanaged<SchemeHandler>.fromOpaque($0!).release() })
  }

  /// Files in the app's folder that pages must not read: preloads.
  private var privateFiles: [String] = []

  /// Hides a file of the app's folder from its pages.
  package func hide(_ file: String) {
    guard let real = Files.real(file), !privateFiles.contains(where: real.hasSameBytes) else { return }
    privateFiles.append(real)
  }

  /// Compares the file itself, because a link may give it another name.
  func isPrivate(_ file: AppFile) -> Bool {
    privateFiles.contains { file.path.hasSameBytes(as: $0) || file.isAt($0) }
  }

  /// Whether the sandbox check has been made.
  private var hasCheckedSandbox = false

  /// Checks once, with the first web process, whether web processes are sandboxed.
  func checkSandbox(of announcement: FrameAnnouncement, in host: PageHost) {
    guard !hasCheckedSandbox, let process = announcement.peer, let holds = Sandbox.holds(process) else {
      return
    }
    hasCheckedSandbox = true
    if holds { return }
    Log.critical(Sandbox.warning)
    host.delegate?.pageHostHasNoSandbox(host)
  }

  func add(_ host: PageHost) {
    hosts[UInt(bitPattern: host.view.raw)] = WeakHost(host: host)
  }

  func remove(_ host: PageHost) {
    hosts[UInt(bitPattern: host.view.raw)] = nil
  }

  /// The host of the view that a request came from: as reported by WebKit, never as claimed by the request.
  func host(of request: SchemeRequest) -> PageHost? {
    request.view.flatMap { hosts[UInt(bitPattern: $0)]?.host }
  }
}

private struct WeakHost {
  weak var host: PageHost?
}

private final class SchemeHandler {
  let answer: @MainActor (SchemeRequest) -> Void

  init(_ answer: @escaping @MainActor (SchemeRequest) -> Void) { self.answer = answer }
}

/// WebKit could not be set up.
package struct EngineError: Error, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}
