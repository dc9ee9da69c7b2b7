// The events of an app. Electron's names.

extension Event where Source == App, Payload == Void {
  /// The app is ready: emitted after the `whenReady` closure of `App.run` has returned.
  public static var ready: Self { Self("ready") }
  /// The desktop has started the app while it runs; a window that is there gets the focus. Only where D-Bus
  /// activates the app: its desktop file says `DBusActivatable=true`, and a service file starts it with
  /// `--gapplication-service`. Electron: macOS only.
  public static var activate: Self { Self("activate") }
  /// The last window has closed. Without a listener the app quits; with one it goes on until told.
  public static var windowAllClosed: Self { Self("window-all-closed") }
}

extension Event where Source == App, Payload == App.QuitRequest {
  /// `quit` was called and no window has been asked yet. Preventing it calls the quit off.
  public static var beforeQuit: Self { Self("before-quit") }
  /// All windows have closed and the app is about to end. Preventing it calls the quit off.
  public static var willQuit: Self { Self("will-quit") }
}

extension Event where Source == App, Payload == App.Quit {
  /// The app ends.
  public static var quit: Self { Self("quit") }
}

extension Event where Source == App, Payload == BrowserWindow {
  /// A window has been created. The payload is the window.
  public static var browserWindowCreated: Self { Self("browser-window-created") }
}

extension Event where Source == App, Payload == WebContents {
  /// The first web process is there, and is in no sandbox: a page that breaks out of WebKit has all that this
  /// user has. The log says so, too. WebKit does without one in containers, in Snaps, and in a Flatpak that
  /// cannot start another. An app that shows what it does not trust may want to end. Electron has no such
  /// event: it does not start.
  public static var sandboxMissing: Self { Self("sandbox-missing") }
  /// Web contents have been created, before the window that shows them. The payload is the contents.
  public static var webContentsCreated: Self { Self("web-contents-created") }
}

extension App {
  /// The payload of `.beforeQuit` and `.willQuit`.
  public struct QuitRequest: PreventableEvent {
    public let _prevention = _Prevention()
  }

  /// The payload of `.quit`.
  public nonisolated struct Quit: Hashable, Sendable {
    /// The exit status of the process.
    public let exitCode: Int32
  }
}
