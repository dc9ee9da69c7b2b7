// WebKit's inspector, always in a window of its own: attached ones have crashed on some drivers.

internal import CWebKit
internal import GLibKit
internal import WebHost

extension WebContents {
  /// Shows the inspector. Electron: `openDevTools`; WebKit has no other modes than attached and detached, and this
  /// is the second.
  public func openDevTools() {
    guard !isDestroyed else { return }
    if !keepsInspectorDetached {
      keepsInspectorDetached = true
      GObjectRef(retaining: inspector).connect("attach", asking: { true })
    }
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
