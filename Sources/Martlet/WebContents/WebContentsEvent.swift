// What happens to a page. Electron's names.

public import MartletWebHost

extension EventName where Source == WebContents, Payload == Void {
  /// The page is parsed.
  public static var domReady: Self { Self("dom-ready") }
  /// The page and what it asked for are loaded.
  public static var didFinishLoad: Self { Self("did-finish-load") }
  /// The inspector has been opened, by the app or by the user.
  public static var devtoolsOpened: Self { Self("devtools-opened") }
  public static var devtoolsClosed: Self { Self("devtools-closed") }
  /// The contents are gone for good.
  public static var destroyed: Self { Self("destroyed") }
}

extension EventName where Source == WebContents, Payload == WebFrameMain {
  /// A frame has its first document, and no script of it has run: the main frame, once, and each one within a
  /// page.
  public static var frameCreated: Self { Self("frame-created") }
  /// Another document is in a frame.
  public static var didFrameNavigate: Self { Self("did-frame-navigate") }
  /// A frame's document and what it asked for are loaded.
  public static var didFrameFinishLoad: Self { Self("did-frame-finish-load") }
}

extension EventName where Source == WebContents, Payload == IpcMessageEvent {
  /// A message of `ipcRenderer.send`, from any frame, before any `ipc` gets it.
  public static var ipcMessage: Self { Self("ipc-message") }
  /// As `ipcMessage`, of `sendSync`; the event's `returnValue` may be set here.
  public static var ipcMessageSync: Self { Self("ipc-message-sync") }
}

extension EventName where Source == WebContents, Payload == LoadFailure {
  public static var didFailLoad: Self { Self("did-fail-load") }
}

extension EventName where Source == WebContents, Payload == String {
  public static var pageTitleUpdated: Self { Self("page-title-updated") }
  /// The page tried to go where it may not; the URL, of one of more than 2 MiB the beginning and "…".
  /// Electron: a `will-navigate` that was prevented.
  public static var navigationRefused: Self { Self("navigation-refused") }
  /// The web process ended: `crashed`, `oom` or `killed`.
  public static var renderProcessGone: Self { Self("render-process-gone") }
}

extension EventName where Source == WebContents, Payload == ConsoleMessage {
  /// A page, or its preload, has printed something: the first argument of it, cut after 16 KiB. Where a page
  /// prints so fast that it comes to more than 4 MiB in a second (a short line counts for 1 KiB), one message
  /// tells how many were left out. The app's log has more of it: lines of up to 64 KiB, 4 MiB at once, and 64
  /// KiB in each second from then on.
  public static var consoleMessage: Self { Self("console-message") }
}

extension EventName where Source == WebContents, Payload == PreloadError {
  /// A preload threw. The page still loads.
  public static var preloadError: Self { Self("preload-error") }
}

/// What a preload threw.
public struct PreloadError: Error, CustomStringConvertible {
  /// The error's text, such as `ReferenceError: Can't find variable: x`.
  public let message: String
  /// The script that threw, and the line, from 1; 0 when it is not known, as of a preload that is not there.
  public let file: String
  public let line: Int
  public let stack: String

  public var description: String { "\(message) (\(place))" }

  var place: String { "\(file)\(line > 0 ? ":\(line)" : "")" }
}
