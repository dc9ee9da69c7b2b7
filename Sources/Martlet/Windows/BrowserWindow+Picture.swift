internal import CShim
internal import GLibKit

extension BrowserWindow {
  /// Writes a PNG of the window as GTK last drew it; false when it has not drawn it yet.
  func savePicture(to path: String) -> Bool {
    martlet_window_save_png(window.pointer(), path) != 0
  }
}
