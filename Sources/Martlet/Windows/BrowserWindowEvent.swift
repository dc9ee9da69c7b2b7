// The events of a window, with Electron's names.

internal import MartletGLib

extension Event where Source == BrowserWindow, Payload == Void {
  /// The window has been destroyed. Drop references to it.
  public static var closed: Self { Self("closed") }
  /// The page has been drawn for the first time, or would have been if the window were shown.
  public static var readyToShow: Self { Self("ready-to-show") }
  /// The window has been shown.
  public static var show: Self { Self("show") }
  /// The window has been hidden.
  public static var hide: Self { Self("hide") }
  /// The window has received the keyboard focus.
  public static var focus: Self { Self("focus", start: { $0.watchFocus(.focus, when: true) }) }
  /// The window has lost the keyboard focus.
  public static var blur: Self { Self("blur", start: { $0.watchFocus(.blur, when: false) }) }
}

extension Event where Source == BrowserWindow, Payload == BrowserWindow.CloseRequest {
  /// The window is about to close. Preventing it keeps the window open.
  public static var close: Self { Self("close") }
}

extension Event where Source == BrowserWindow, Payload == BrowserWindow.PageTitleUpdated {
  /// The page's title has changed. Preventing it keeps the window's title.
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
    /// Whether the page has set the title. Always true, because WebKit derives no title from the URL.
    public let explicitSet = true
    public let _prevention = _Prevention()
  }

  /// Emits `event` whenever the window receives the focus, or whenever it loses it.
  fileprivate func watchFocus(_ event: Event<BrowserWindow, Void>, when wanted: Bool) -> Subscription {
    let token = window.onIsActiveChanged { [weak self] in
      if let self, isFocused == wanted { emit(event) }
    }
    return Subscription([token])
  }
}
