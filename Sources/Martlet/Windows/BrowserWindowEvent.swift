// The events of a window. Electron's names.

internal import MartletGLib

extension Event where Source == BrowserWindow, Payload == Void {
  /// The window is gone; let go of it.
  public static var closed: Self { Self("closed") }
  /// The page has been drawn for the first time, or would have been if the window were shown.
  public static var readyToShow: Self { Self("ready-to-show") }
  /// The window has been shown.
  public static var show: Self { Self("show") }
  /// The window has been hidden.
  public static var hide: Self { Self("hide") }
  /// The window has got the keyboard.
  public static var focus: Self { Self("focus", start: { $0.watchFocus(.focus, when: true) }) }
  /// The window has lost the keyboard.
  public static var blur: Self { Self("blur", start: { $0.watchFocus(.blur, when: false) }) }
}

extension Event where Source == BrowserWindow, Payload == BrowserWindow.CloseRequest {
  /// The window is about to be closed; preventing it keeps it open.
  public static var close: Self { Self("close") }
}

extension Event where Source == BrowserWindow, Payload == BrowserWindow.PageTitleUpdated {
  /// The page's title has changed; preventing it keeps the window's.
  public static var pageTitleUpdated: Self { Self("page-title-updated") }
}

extension BrowserWindow {
  /// The payload of `.close`.
  public struct CloseRequest: PreventableEvent {
    public let _prevention = _Prevention()
  }

  /// The payload of `.pageTitleUpdated`.
  public struct PageTitleUpdated: PreventableEvent {
    /// The page's new title.
    public let title: String
    /// Whether the page has set it: always, for WebKit makes up no title.
    public let explicitSet = true
    public let _prevention = _Prevention()
  }

  /// Emits `event` whenever the window gets the keyboard, or whenever it loses it.
  fileprivate func watchFocus(_ event: Event<BrowserWindow, Void>, when wanted: Bool) -> Subscription {
    let token = window.onIsActiveChanged { [weak self] in
      if let self, isFocused == wanted { emit(event) }
    }
    return Subscription([token])
  }
}
