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

  /// Emits `event` whenever the inspector opens, or whenever it closes.
  func watchDevTools(_ event: Event<WebContents, Void>, when wanted: Bool) -> Subscription {
    let inspector = GObjectRef(retaining: inspector)
    var areOpen = isDevToolsOpened
    func told(_ isOpen: Bool) {
      guard isOpen != areOpen else { return }
      areOpen = isOpen
      if isOpen == wanted { emit(event) }
    }
    // One of these two comes whenever it is shown, and again when the user takes it out of the window or back.
    var handlers = ["attach", "open-window"].map { signal in
      inspector.connect(
        signal,
        asking: { [weak self] in
          if self != nil { told(true) }
          return false
        })
    }
    handlers.append(inspector.connect("closed", { [weak self] in if self != nil { told(false) } }))
    return Subscription(inspector, handlers)
  }

  private var inspector: OpaquePointer { webkit_web_view_get_inspector(host.view.pointer()) }
}
