// The options of a new window.

/// The options of a new `BrowserWindow`. Every field has Electron's default.
///
/// ```swift
/// let window = BrowserWindow {
///   $0.width = 1000
///   $0.webPreferences.preload = app.resource("preload.js")
/// }
/// ```
///
/// Electron: `BrowserWindowConstructorOptions`.
public nonisolated struct BrowserWindowOptions: Hashable, Sendable {
  /// The width of the page in logical pixels, from 1 to 16,384; other values are clamped. The desktop may
  /// choose a smaller size.
  ///
  /// The menu bar and the window's borders are added to the page's size, as with Electron's `useContentSize`.
  /// By default, Electron includes them.
  public var width = 800
  /// The height of the page in logical pixels: see `width`.
  public var height = 600
  /// The title until the page sets one. The app's name if nil.
  public var title: String?
  /// Whether the window is shown when it is created. If false, show it on `.readyToShow` to avoid an empty
  /// window.
  public var show = true
  /// The page's preferences, such as its preload script.
  public var webPreferences = WebPreferences()

  /// Makes options with Electron's defaults.
  public init() {}

  /// `width` and `height` together.
  public var size: Size {
    get { Size(width: width, height: height) }
    set { (width, height) = (newValue.width, newValue.height) }
  }
}
