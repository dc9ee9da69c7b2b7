// WebKit's inspector. It is detached at first: attached ones have crashed on some drivers.

internal import CWebKit
internal import GLibKit
internal import WebHost

extension WebContents {
  private var inspector: OpaquePointer { webkit_web_view_get_inspector(host.view.pointer()) }

  /// Shows the inspector. Electron: `openDevTools`, whose modes `attach` and `detach` are all that WebKit has.
  public func openDevTools() {
    webkit_web_inspector_show(inspector)
  }

  public func closeDevTools() {
    webkit_web_inspector_close(inspector)
  }

  public var isDevToolsOpened: Bool {
    webkit_web_inspector_get_web_view(inspector) != nil
  }

  public func toggleDevTools() {
    if isDevToolsOpened { closeDevTools() } else { openDevTools() }
  }
}
