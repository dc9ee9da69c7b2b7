// The events of a page. Electron's names.

public import MartletClone
public import MartletWebHost

extension Event where Source == WebContents, Payload == Void {
  /// The page is parsed.
  public static var domReady: Self { Self("dom-ready") }
  /// The page and what it asked for are loaded.
  public static var didFinishLoad: Self { Self("did-finish-load") }
  /// The inspector has been opened, by the app or by the user.
  public static var devtoolsOpened: Self {
    Self("devtools-opened", start: { $0.watchDevTools(.devtoolsOpened, when: true) })
  }
  /// The app or the user has closed the inspector.
  public static var devtoolsClosed: Self {
    Self("devtools-closed", start: { $0.watchDevTools(.devtoolsClosed, when: false) })
  }
  /// The contents are gone for good.
  public static var destroyed: Self { Self("destroyed") }
}

extension Event where Source == WebContents, Payload == WebContents.DidFailLoad {
  /// A load has failed, or was aborted.
  public static var didFailLoad: Self { Self("did-fail-load") }
}

extension Event where Source == WebContents, Payload == WebContents.FrameCreated {
  /// A frame has its first document, and no script of it has run: the main frame, once, and each one within a page.
  public static var frameCreated: Self { Self("frame-created") }
}

extension Event where Source == WebContents, Payload == WebContents.DidFrameNavigate {
  /// Another document is in a frame.
  public static var didFrameNavigate: Self { Self("did-frame-navigate") }
}

extension Event where Source == WebContents, Payload == WebContents.DidFrameFinishLoad {
  /// A frame's document and what it asked for are loaded.
  public static var didFrameFinishLoad: Self { Self("did-frame-finish-load") }
}

extension Event where Source == WebContents, Payload == WebContents.IpcMessage {
  /// A message of `ipcRenderer.send`, from any frame, before any `ipc` gets it.
  public static var ipcMessage: Self { Self("ipc-message") }
  /// As `ipcMessage`, of `sendSync`; the event's `returnValue` may be set here.
  public static var ipcMessageSync: Self { Self("ipc-message-sync") }
}

extension Event where Source == WebContents, Payload == WebContents.PageTitleUpdated {
  /// The page's title has changed.
  public static var pageTitleUpdated: Self { Self("page-title-updated") }
}

extension Event where Source == WebContents, Payload == WebContents.NavigationRefused {
  /// The page tried to go where it may not. Electron: a `will-navigate` that was prevented.
  public static var navigationRefused: Self { Self("navigation-refused") }
}

extension Event where Source == WebContents, Payload == WebContents.RenderProcessGone {
  /// The web process ended.
  public static var renderProcessGone: Self { Self("render-process-gone") }
}

extension Event where Source == WebContents, Payload == ConsoleMessage {
  /// A page, or its preload, has printed something: the first argument of it, cut after 16 KiB. Where a page
  /// prints so fast that it comes to more than 4 MiB in a second (a short line counts for 1 KiB), one message
  /// tells how many were left out. The app's log has more of it: lines of up to 64 KiB, 4 MiB at once, and 64
  /// KiB in each second from then on.
  public static var consoleMessage: Self { Self("console-message") }
}

extension Event where Source == WebContents, Payload == WebContents.PreloadFailure {
  /// A preload threw. The page still loads.
  public static var preloadError: Self { Self("preload-error") }
}

extension WebContents {
  /// The payload of `.didFailLoad`.
  public nonisolated struct DidFailLoad: Sendable {
    /// Why it failed, as `loadURL` throws it.
    public let error: LoadFailure
    /// The frame whose load it was: the main frame, for WebKit tells of no other.
    public let frame: WebFrameMain

    /// Chromium's number, such as -6.
    public var errorCode: Int { error.errno }
    /// Chromium's name, such as `ERR_FILE_NOT_FOUND`.
    public var errorDescription: String { "\(error.code)" }
    /// The URL whose load failed.
    public var validatedURL: String { error.url }
    /// Always true: WebKit reports failures of the main frame only.
    public var isMainFrame: Bool { true }
  }

  /// The payload of `.frameCreated`.
  public nonisolated struct FrameCreated: Sendable {
    /// The frame.
    public let frame: WebFrameMain
  }

  /// The payload of `.didFrameNavigate`.
  public nonisolated struct DidFrameNavigate: Sendable {
    /// The frame.
    public let frame: WebFrameMain
    /// Where the document was loaded from.
    public let url: String
    /// Whether `frame` is the main frame.
    public let isMainFrame: Bool
  }

  /// The payload of `.didFrameFinishLoad`.
  public nonisolated struct DidFrameFinishLoad: Sendable {
    /// The frame.
    public let frame: WebFrameMain
    /// Whether `frame` is the main frame.
    public let isMainFrame: Bool
  }

  /// The payload of `.ipcMessage` and `.ipcMessageSync`: a message as it came.
  public struct IpcMessage {
    /// The event that `ipcMain` listeners get for this message.
    public let event: IpcMainEvent
    /// The message's channel.
    public let channel: String
    /// The message's arguments, not yet converted to Swift types.
    public let arguments: [CloneValue]
  }

  /// The payload of `.pageTitleUpdated`.
  public nonisolated struct PageTitleUpdated: Hashable, Sendable {
    /// The page's new title.
    public let title: String
    /// Whether the page has set it: always, for WebKit makes up no title.
    public let explicitSet = true
  }

  /// The payload of `.navigationRefused`.
  public nonisolated struct NavigationRefused: Hashable, Sendable {
    /// Where the page tried to go; of a URL of more than 2 MiB the beginning and "…".
    public let url: String
  }

  /// The payload of `.renderProcessGone`. Electron's `exitCode` is missing: WebKit does not tell it.
  public nonisolated struct RenderProcessGone: Hashable, Sendable {
    /// Why a web process ended. There may be more in later versions.
    public struct Reason: Hashable, Sendable, CustomStringConvertible {
      public let description: String

      private init(_ description: String) { self.description = description }

      /// The process crashed.
      public static let crashed = Reason("crashed")
      /// It used more memory than it may.
      public static let oom = Reason("oom")
      /// The app, or Martlet for it, has ended it.
      public static let killed = Reason("killed")
    }

    /// Why the process ended.
    public let reason: Reason
  }

  /// The payload of `.preloadError`.
  public nonisolated struct PreloadFailure: Sendable {
    /// The script that the app named in `WebPreferences`.
    public let preloadPath: String
    /// The error that the script threw.
    public let error: PreloadError
  }
}
