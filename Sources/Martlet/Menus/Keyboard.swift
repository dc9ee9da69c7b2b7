// The characters on the keys of the user's keyboard.

internal import CMartletWebKit
internal import MartletGLib

/// The keyboard of a display with its current layout.
struct Keyboard {
  private let display: OpaquePointer

  init(of window: BrowserWindow) {
    display = gtk_widget_get_display(window.window.pointer())
  }

  /// The name of the character that AltGr, with Shift if `shifted`, selects on a key. Nil if there is none.
  func key(onLevelOfAltGrOf name: String, shifted: Bool) -> String? {
    let level: Int32 = shifted ? 3 : 2
    for place in places(of: gdk_keyval_from_name(name)) where place.level == 0 {
      for (other, keyval) in characters(at: place.keycode)
      where other.group == place.group && other.level == level {
        return gdk_keyval_name(keyval).map { String(cString: $0) }
      }
    }
    return nil
  }

  private func places(of keyval: UInt32) -> [GdkKeymapKey] {
    var keys: UnsafeMutablePointer<GdkKeymapKey>?
    var count: Int32 = 0
    guard gdk_display_map_keyval(display, keyval, &keys, &count) != 0 else { return [] }
    defer { g_free(keys) }
    return Array(UnsafeBufferPointer(start: keys, count: Int(count)))
  }

  private func characters(at keycode: UInt32) -> [(GdkKeymapKey, UInt32)] {
    var keys: UnsafeMutablePointer<GdkKeymapKey>?
    var keyvals: UnsafeMutablePointer<UInt32>?
    var count: Int32 = 0
    guard gdk_display_map_keycode(display, keycode, &keys, &keyvals, &count) != 0 else { return [] }
    defer {
      g_free(keys)
      g_free(keyvals)
    }
    return Array(
      zip(
        UnsafeBufferPointer(start: keys, count: Int(count)),
        UnsafeBufferPointer(start: keyvals, count: Int(count))))
  }
}
