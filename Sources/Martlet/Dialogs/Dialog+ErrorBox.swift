// Electron's dialog.showErrorBox.

internal import CMartletShim
internal import CMartletWebKit
internal import MartletGLib

extension Dialog {
  /// The longest text that an error box shows, in bytes. The log has all of it.
  private static let textLimit = 4 << 10

  /// Shows an error and returns when the user has closed the box. Events of the desktop are handled
  /// meanwhile.
  /// Before the app is ready, the error is only logged.
  ///
  /// Electron: `dialog.showErrorBox(title, content)`.
  ///
  /// - Parameters:
  ///   - title: The title.
  ///   - content: The text. The box shows its first 4 KiB.
  public func showErrorBox(_ title: String, _ content: String) {
    Log.critical("\(title): \(content)")
    guard App.current?.isReady == true else { return }
    let parent = BrowserWindow.focused
    let box = GObjectRef(
      retaining: martlet_error_box_new(
        parent?.window.pointer(), title.cut(to: Self.textLimit), content.cut(to: Self.textLimit)))
    var isOpen = true
    box.onDialogResponse { _ in isOpen = false }
    let parentClosed = parent?.once(.closed) { isOpen = false }
    gtk_window_present(box.pointer())
    while isOpen { g_main_context_iteration(nil, 1) }
    parentClosed?.cancel()
    gtk_window_destroy(box.pointer())
  }
}
