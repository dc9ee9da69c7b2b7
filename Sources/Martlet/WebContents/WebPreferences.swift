// How a page is shown, and what it is given.

/// Electron's `webPreferences`, without the switches that would weaken it: the page is always isolated from the
/// preload, always sandboxed, and there is no Node.
public nonisolated struct WebPreferences: Hashable, Sendable {
  /// The script that runs before any script of the page, in a world of its own: an absolute path within the app's
  /// folder, as `app.resource("preload.js")` gives.
  public var preload: String?
  /// Whether the preload also runs in the frames within the page that show the app's own documents, which may then call
  /// the app as the page itself may. Electron's name, where it is about more than frames and lets in foreign ones, too.
  /// Frames need the renderer lane: with `MARTLET_TRANSPORT=script-message` they get no preload.
  public var nodeIntegrationInSubFrames = false
  /// Appended to the preload's `process.argv`.
  public var additionalArguments: [String] = []
  /// Holds for every page of the window, besides the page's own policy, which can only be stricter: nil for none.
  /// Preloads and `executeJavaScript` are the app's own and not subject to it. Electron has no default policy.
  public var contentSecurityPolicy: String? = defaultContentSecurityPolicy

  /// Scripts and everything else from the app's own folder only.
  public static let defaultContentSecurityPolicy =
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    + "object-src 'none'; base-uri 'none'; frame-ancestors 'self'; form-action 'self'"

  /// Electron's defaults, and perhaps a preload.
  public init(preload: String? = nil) { self.preload = preload }
}
