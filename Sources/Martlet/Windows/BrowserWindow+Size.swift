// The size of a window, given that of its page.

internal import CMartletWebKit
internal import MartletGLib
internal import MartletWebHost

extension BrowserWindow {
  /// Longer textures are beyond many a graphics driver.
  private static let longestSide = 16384

  /// Makes the window so large that the page has this size: GTK counts the menu bar too, and a title bar that it draws.
  func setSize(ofPage size: Size) {
    // Not before that has it a title bar.
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
