// WebKit's inspector.

internal import CMartletWebKit
internal import MartletGLib
internal import MartletWebHost

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

  /// Emits `devtools-opened` and `devtools-closed`.
  func watchDevTools() {
    let inspector = GObjectRef(retaining: inspector)
    // One of these two comes whenever it is shown, and again when the user takes it out of the window or
    // back.
    let isShown: @MainActor () -> Bool = { [weak self] in
      self?.devToolsAreOpen(true)
      return false
    }
    inspector.onInspectorAttach(isShown)
    inspector.onInspectorOpenWindow(isShown)
    inspector.onInspectorClosed { [weak self] in self?.devToolsAreOpen(false) }
  }

  private func devToolsAreOpen(_ areOpen: Bool) {
    guard areOpen != hasToldOfDevTools else { return }
    hasToldOfDevTools = areOpen
    emit(areOpen ? .devtoolsOpened : .devtoolsClosed)
  }

  private var inspector: OpaquePointer { webkit_web_view_get_inspector(host.view.pointer()) }
}
