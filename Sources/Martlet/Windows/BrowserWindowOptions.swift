/// How a window is made. Every field has Electron's default.
public struct BrowserWindowOptions {
  /// The size of the window's contents in logical pixels, without the shadow.
  public var width: Int
  public var height: Int
  /// The title until the page says its own; the app's name when nil.
  public var title: String?
  /// Whether the window is shown as soon as it is made. With false, `.readyToShow` says when showing it would not
  /// flash.
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
