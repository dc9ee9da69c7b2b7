// How a window is made.

/// The options of a `BrowserWindow`. Every field has Electron's default.
///
/// ```swift
/// let window = BrowserWindow {
///   $0.width = 1000
///   $0.webPreferences.preload = app.resource("preload.js")
/// }
/// ```
public nonisolated struct BrowserWindowOptions: Hashable, Sendable {
  /// The size of the page in logical pixels: the menu bar and what the desktop puts around the window come on top. (As
  /// Electron's `useContentSize`; without that, Electron counts them in.) From 1 to 16,384, what is beyond counts as
  /// that; the desktop may give less.
  public var width = 800
  /// The height of the page in logical pixels: see `width`.
  public var height = 600
  /// The title until the page says its own; the app's name when nil.
  public var title: String?
  /// Whether the window is shown as soon as it is made. With false, `.readyToShow` says when showing it would not
  /// flash.
  public var show = true
  /// The page's preferences, such as its preload script.
  public var webPreferences = WebPreferences()

  /// Electron's defaults.
  public init() {}

  /// `width` and `height` in one.
  public var size: Size {
    get { Size(width: width, height: height) }
    set { (width, height) = (newValue.width, newValue.height) }
  }
}
