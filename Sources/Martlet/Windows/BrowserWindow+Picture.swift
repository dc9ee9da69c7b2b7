// What a test sees of a window.

internal import CShim
internal import CWebKit
internal import GLibKit
internal import WebHost

extension BrowserWindow {
  /// Writes a PNG of the window as GTK last drew it; false when it has not drawn it yet.
  func savePicture(to path: String) -> Bool {
    martlet_window_save_png(window.pointer(), path) != 0
  }

  /// The window's number on an X server; `0` elsewhere.
  var nativeID: String { "\(martlet_native_x11_id(window.opaque))" }

  /// The same of the menu that is open in this window; nil when there is none.
  var openMenuID: String? {
    martlet_open_popover(window.pointer()).map { "\(martlet_native_x11_id(OpaquePointer($0)))" }
  }

  /// The titles of this app's windows that show no page: dialogs.
  static func titlesOfOtherWindows() -> [String] {
    let windows = gtk_window_get_toplevels()
    return (0..<g_list_model_get_n_items(windows)).compactMap { index in
      let window = GObjectRef(adopting: g_list_model_get_item(windows, index))
      return window.use { pointer in
        let isPage = all.contains { $0.window.raw == UnsafeMutableRawPointer(pointer) }
        guard !isPage, gtk_widget_get_visible(UnsafeMutablePointer(pointer)) != 0 else { return nil }
        return gtk_window_get_title(UnsafeMutablePointer(pointer)).map { String(cString: $0) }
      }
    }
  }

  /// Where the page's top left corner is in the window.
  func pageOrigin() -> (x: Double, y: Double) {
    var x = 0.0
    var y = 0.0
    let view: UnsafeMutablePointer<GtkWidget> = webContents.host.view.pointer()
    gtk_widget_translate_coordinates(view, window.pointer(), 0, 0, &x, &y)
    return (x, y)
  }
}
