// The events of a page, with Electron's names.

public import MartletClone
public import MartletWebHost

extension Event where Source == WebContents, Payload == Void {
  /// The document of the main frame is parsed.
  public static var domReady: Self { Self("dom-ready") }
  /// The page and its resources are loaded.
  public static var didFinishLoad: Self { Self("did-finish-load") }
  /// The app or the user has opened the inspector.
  public static var devtoolsOpened: Self {
    Self("devtools-opened", start: { $0.watchDevTools(.devtoolsOpened, when: true) })
  }
  /// The app or the user has closed the inspector.
  public static var devtoolsClosed: Self {
    Self("devtools-closed", start: { $0.watchDevTools(.devtoolsClosed, when: false) })
  }
  /// The contents have been destroyed.
  public static var destroyed: Self { Self("destroyed") }
}

extension Event where Source == WebContents, Payload == WebContents.DidFailLoad {
  /// A load has failed, or was aborted.
  public static var didFailLoad: Self { Self("did-fail-load") }
}

extension Event where Source == WebContents, Payload == WebContents.FrameCreated {
  /// A frame has its first document, and no script of it has run. It is emitted once for the main frame, and
  /// once for each frame within the page.
  public static var frameCreated: Self { Self("frame-created") }
}

extension Event where Source == WebContents, Payload == WebContents.DidFrameNavigate {
  /// A frame has a new document.
  public static var didFrameNavigate: Self { Self("did-frame-navigate") }
}

extension Event where Source == WebContents, Payload == WebContents.DidFrameFinishLoad {
  /// A frame's document and its resources are loaded.
  public static var didFrameFinishLoad: Self { Self("did-frame-finish-load") }
}

extension Event where Source == WebContents, Payload == WebContents.IpcMessage {
  /// A message of `ipcRenderer.send` from any frame. It is emitted before any `ipc` receives the message.
  public static var ipcMessage: Self { Self("ipc-message") }
  /// A message of `ipcRenderer.sendSync` from any frame. A listener may set the event's `returnValue`.
  public static var ipcMessageSync: Self { Self("ipc-message-sync") }
}

extension Event where Source == WebContents, Payload == WebContents.PageTitleUpdated {
  /// The page's title has changed.
  public static var pageTitleUpdated: Self { Self("page-title-updated") }
}

extension Event where Source == WebContents, Payload == WebContents.NavigationRefused {
  /// A navigation of the page was refused. Electron: a prevented `will-navigate`.
  public static var navigationRefused: Self { Self("navigation-refused") }
}

extension Event where Source == WebContents, Payload == WebContents.RenderProcessGone {
  /// The page's web process has ended.
  public static var renderProcessGone: Self { Self("render-process-gone") }
}

extension Event where Source == WebContents, Payload == ConsoleMessage {
  /// A page or its preload has printed a message: its first argument, cut after 16 KiB.
  ///
  /// Messages are dropped beyond 4 MiB in a second, where a short line counts as 1 KiB; one message then
  /// reports how many. The app's log has more: lines of up to 64 KiB, 4 MiB at once, and 64 KiB in each
  /// following second.
  public static var consoleMessage: Self { Self("console-message") }
}

extension Event where Source == WebContents, Payload == WebContents.PreloadFailure {
  /// A preload script threw an error. The page still loads.
  public static var preloadError: Self { Self("preload-error") }
}

extension WebContents {
  /// The payload of `.didFailLoad`.
  public nonisolated struct DidFailLoad: Sendable {
    /// The error that `loadURL` throws.
    public let error: LoadFailure
    /// The frame whose load failed: the main frame, because WebKit reports no other.
    public let frame: WebFrameMain

    /// Chromium's error number, such as -6.
    public var errorCode: Int { error.errno }
    /// Chromium's error name, such as `ERR_FILE_NOT_FOUND`.
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
    /// The URL of the document.
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

  /// The payload of `.ipcMessage` and `.ipcMessageSync`.
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
    /// Whether the page has set the title. Always true, because WebKit derives no title from the URL.
    public let explicitSet = true
  }

  /// The payload of `.navigationRefused`.
  public nonisolated struct NavigationRefused: Hashable, Sendable {
    /// The URL of the refused navigation. A URL of more than 2 MiB is cut and ends with "…".
    public let url: String
  }

  /// The payload of `.renderProcessGone`. It has no `exitCode` as in Electron, because WebKit does not report
  /// it.
  public nonisolated struct RenderProcessGone: Hashable, Sendable {
    /// Why a web process has ended. Later versions may add reasons.
    public struct Reason: Hashable, Sendable, CustomStringConvertible {
      public let description: String

      private init(_ description: String) { self.description = description }

      /// The process crashed.
      public static let crashed = Reason("crashed")
      /// The process exceeded its memory limit.
      public static let oom = Reason("oom")
      /// The app or Martlet ended the process.
      public static let killed = Reason("killed")
    }

    /// Why the process ended.
    public let reason: Reason
  }

  /// The payload of `.preloadError`.
  public nonisolated struct PreloadFailure: Sendable {
    /// The path of the preload in `WebPreferences`.
    public let preloadPath: String
    /// The error that the script threw.
    public let error: PreloadError
  }
}
