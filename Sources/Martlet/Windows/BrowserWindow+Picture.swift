// Window properties that MartletTesting asks for.

internal import CMartletShim
internal import CMartletWebKit
internal import MartletGLib
internal import MartletWebHost

extension BrowserWindow {
  /// Writes a PNG of the window as GTK last drew it. Returns false if GTK has not drawn the window or its
  /// page yet. WebKit does not report which drawn frame is the first with content, so an empty picture is
  /// compared with the page.
  func savePicture(to path: String) async throws -> Bool {
    let view: UnsafeMutablePointer<GtkWidget> = webContents.host.view.pointer()
    guard martlet_widget_is_drawn(view) != 0 else { return false }
    if martlet_widget_has_one_colour(view) != 0 {
      let isEmpty = await webContents.host.hasOneColour()
      guard !isDestroyed, isEmpty else { return false }
    }
    guard let png = martlet_window_png(window.pointer()) else { return false }
    defer { g_bytes_unref(png) }
    try Files.write([UInt8](png), to: path)
    return true
  }

  /// The window's X11 id; `0` on other display servers.
  var nativeID: String { "\(martlet_native_x11_id(window.opaque))" }

  /// The X11 id of the menu that is open in this window; nil if none is open.
  var openMenuID: String? {
    martlet_open_popover(window.pointer()).map { "\(martlet_native_x11_id(OpaquePointer($0)))" }
  }

  /// This app's windows without a page, which are dialogs. `parent` is the window they belong to.
  static func otherWindows() -> [(title: String, isModal: Bool, parent: BrowserWindow?)] {
    let windows = gtk_window_get_toplevels()
    return (0..<g_list_model_get_n_items(windows)).compactMap { index in
      let window = GObjectRef(adopting: g_list_model_get_item(windows, index))
      return window.use { pointer in
        let isPage = all.contains { $0.window.raw == UnsafeMutableRawPointer(pointer) }
        guard !isPage, gtk_widget_get_visible(UnsafeMutablePointer(pointer)) != 0,
          let title = gtk_window_get_title(UnsafeMutablePointer(pointer))
        else { return nil }
        let parent = gtk_window_get_transient_for(UnsafeMutablePointer(pointer)).map(
          UnsafeMutableRawPointer.init)
        return (
          String(cString: title), gtk_window_get_modal(UnsafeMutablePointer(pointer)) != 0,
          all.first { $0.window.raw == parent }
        )
      }
    }
  }

  /// The position of the page's top left corner in the window.
  func pageOrigin() -> (x: Double, y: Double) {
    var x = 0.0
    var y = 0.0
    let view: UnsafeMutablePointer<GtkWidget> = webContents.host.view.pointer()
    gtk_widget_translate_coordinates(view, window.pointer(), 0, 0, &x, &y)
    return (x, y)
  }
}
