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

  private var inspector: OpaquePointer { webkit_web_view_get_inspector(host.view.pointer()) }
}
