// The size of a window, computed from the size of its page.

internal import CMartletWebKit
internal import MartletGLib
internal import MartletWebHost

extension BrowserWindow {
  /// Many graphics drivers do not support larger textures.
  private static let longestSide = 16384

  /// Sizes the window so that the page has this size. GTK's window size includes the menu bar, and a title
  /// bar that GTK draws.
  func setSize(ofPage size: Size) {
    // The title bar exists only once the window is realized.
    gtk_widget_realize(window.pointer())
    let view: GObjectRef = webContents.host.view
    let above = naturalHeight(of: window) - naturalHeight(of: view)
    gtk_window_set_default_size(
      window.pointer(), Self.length(size.width), Self.length(size.height) + above)
  }

  private static func length(_ length: Int) -> Int32 {
    Int32(min(max(length, 1), longestSide))
  }

  private func naturalHeight(of widget: GObjectRef) -> Int32 {
    var height: Int32 = 0
    gtk_widget_measure(widget.pointer(), GTK_ORIENTATION_VERTICAL, -1, nil, &height, nil, nil)
    return height
  }
}
