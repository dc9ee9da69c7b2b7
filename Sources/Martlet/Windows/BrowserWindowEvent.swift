// What happens to a window. Electron's names.

extension EventName where Source == BrowserWindow, Payload == Void {
  /// The window is gone; let go of it.
  public static var closed: Self { Self("closed") }
  /// The page has been drawn for the first time, or would have been if the window were shown.
  public static var readyToShow: Self { Self("ready-to-show") }
  public static var show: Self { Self("show") }
  public static var hide: Self { Self("hide") }
  public static var focus: Self { Self("focus") }
  public static var blur: Self { Self("blur") }
}

extension EventName where Source == BrowserWindow, Payload == CancelableEvent {
  /// The window is about to be closed; preventing it keeps it open.
  public static var close: Self { Self("close") }
}

extension EventName where Source == BrowserWindow, Payload == PageTitleUpdate {
  /// The page's title has changed; preventing it keeps the window's.
  public static var pageTitleUpdated: Self { Self("page-title-updated") }
}

/// Comes with `.pageTitleUpdated`.
public struct PageTitleUpdate {
  /// The page's new title.
  public let title: String
  let event = CancelableEvent()

  /// Keeps the window's title as it is.
  public func preventDefault() { event.preventDefault() }
}
