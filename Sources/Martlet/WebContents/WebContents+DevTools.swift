// WebKit's inspector.

internal import CMartletWebKit
internal import MartletGLib
internal import MartletWebHost

extension WebContents {
  /// Opens the inspector, below the page if there is room, else in a window of its own.
  ///
  /// Electron: `openDevTools`. It takes a mode; here the user chooses where the inspector is shown.
  public func openDevTools() {
    guard !isDestroyed else { return }
    webkit_web_inspector_show(inspector)
  }

  /// Closes the inspector.
  public func closeDevTools() {
    guard !isDestroyed else { return }
    webkit_web_inspector_close(inspector)
  }

  /// Whether the inspector is open.
  public var isDevToolsOpened: Bool {
    !isDestroyed && webkit_web_inspector_get_web_view(inspector) != nil
  }

  /// Opens the inspector, or closes it if it is open.
  public func toggleDevTools() {
    if isDevToolsOpened { closeDevTools() } else { openDevTools() }
  }

  /// Emits `event` whenever the inspector opens, or whenever it closes.
  func watchDevTools(_ event: Event<WebContents, Void>, when wanted: Bool) -> Subscription {
    let inspector = GObjectRef(retaining: inspector)
    var areOpen = isDevToolsOpened
    func told(_ isOpen: Bool) {
      guard isOpen != areOpen else { return }
      areOpen = isOpen
      if isOpen == wanted { emit(event) }
    }
    // WebKit emits one of these two when the inspector opens, and again when the user detaches or attaches
    // it.
    let opened: @MainActor () -> Bool = { [weak self] in
      if self != nil { told(true) }
      return false
    }
    return Subscription([
      inspector.onInspectorAttach(opened),
      inspector.onInspectorOpenWindow(opened),
      inspector.onInspectorClosed { [weak self] in if self != nil { told(false) } },
    ])
  }

  private var inspector: OpaquePointer { webkit_web_view_get_inspector(host.view.pointer()) }
}
