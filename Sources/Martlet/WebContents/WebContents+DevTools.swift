// WebKit's inspector.

internal import CWebKit
internal import GLibKit
internal import WebHost

extension WebContents {
  /// Shows the inspector: below the page where there is room, else in a window of its own. Electron:
  /// `openDevTools`, whose modes WebKit leaves to the user.
  public func openDevTools() {
    guard !isDestroyed else { return }
    webkit_web_inspector_show(inspector)
  }

  public func closeDevTools() {
    guard !isDestroyed else { return }
    webkit_web_inspector_close(inspector)
  }

  public var isDevToolsOpened: Bool {
    !isDestroyed && webkit_web_inspector_get_web_view(inspector) != nil
  }

  public func toggleDevTools() {
    if isDevToolsOpened { closeDevTools() } else { openDevTools() }
  }

  /// Makes WebKit write what pages print, with all arguments, to their web process's standard error.
  package func writeConsoleToStandardError() {
    let settings = webkit_web_view_get_settings(host.view.pointer())
    webkit_settings_set_enable_write_console_messages_to_stdout(settings, 1)
  }

  private var inspector: OpaquePointer { webkit_web_view_get_inspector(host.view.pointer()) }
}
