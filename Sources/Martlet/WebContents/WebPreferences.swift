// The preferences of a page.

/// The preferences of a page. Electron: `webPreferences`, without the options that weaken isolation. The page
/// is always sandboxed and isolated from the preload, and there is no Node.
public nonisolated struct WebPreferences: Hashable, Sendable {
  /// The preload script, which runs before any script of the page, in a world of its own. An absolute path
  /// within the app's folder, as returned by `app.resource("preload.js")`.
  public var preload: String?
  /// Whether the preload also runs in frames within the page that show the app's own documents. These may
  /// then call the app as the page itself may.
  ///
  /// Electron has the same name, but its option enables Node too, and includes foreign documents. Frames need
  /// the renderer lane: with `MARTLET_TRANSPORT=script-message` they get no preload.
  public var nodeIntegrationInSubFrames = false
  /// Arguments appended to the preload's `process.argv`.
  public var additionalArguments: [String] = []
  /// The Content-Security-Policy of every page in the window; nil for none. A page's own policy can only make
  /// it stricter. Preloads and `executeJavaScript` are not subject to it. Electron has no default policy.
  public var contentSecurityPolicy: String? = defaultContentSecurityPolicy

  /// The default policy: scripts and all other resources from the app's own folder only.
  public static let defaultContentSecurityPolicy =
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    + "object-src 'none'; base-uri 'none'; frame-ancestors 'self'; form-action 'self'"

  /// Makes preferences with Electron's defaults.
  ///
  /// - Parameter preload: The path of the preload script, if any.
  public init(preload: String? = nil) { self.preload = preload }
}
