/// How a window is made. Every field has Electron's default.
public struct BrowserWindowOptions {
  /// The size of the page in logical pixels: the menu bar and what the desktop puts around the window come on
  /// top. (As Electron's `useContentSize`; without that, Electron counts them in.) From 1 to 16,384, what is
  /// beyond counts as that; the desktop may give less.
  public var width: Int
  public var height: Int
  /// The title until the page says its own; the app's name when nil.
  public var title: String?
  /// Whether the window is shown as soon as it is made. With false, `.readyToShow` says when showing it would
  /// not flash.
  public var show: Bool
  public var webPreferences: WebPreferences

  public init(
    width: Int = 800, height: Int = 600, title: String? = nil, show: Bool = true,
    webPreferences: WebPreferences = .init()
  ) {
    self.width = width
    self.height = height
    self.title = title
    self.show = show
    self.webPreferences = webPreferences
  }
}
