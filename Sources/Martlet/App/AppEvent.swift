// The events of an app, with Electron's names.

extension Event where Source == App, Payload == Void {
  /// The app is ready: emitted after the `whenReady` closure of `App.run` has returned.
  public static var ready: Self { Self("ready") }
  /// The desktop has activated the app while it is running. The focused window, or else the newest visible
  /// one, is focused afterwards.
  ///
  /// It is emitted only in an app that D-Bus activates: its desktop file has `DBusActivatable=true`, and a
  /// service file starts it with `--gapplication-service`. Electron emits it on macOS only.
  public static var activate: Self { Self("activate") }
  /// The last window has closed. Without a listener the app quits; with one it keeps running.
  public static var windowAllClosed: Self { Self("window-all-closed") }
}

extension Event where Source == App, Payload == App.QuitRequest {
  /// `quit` was called, and no window has been asked yet. Preventing it cancels quitting.
  public static var beforeQuit: Self { Self("before-quit") }
  /// All windows have closed, and the app is about to end. Preventing it cancels quitting.
  public static var willQuit: Self { Self("will-quit") }
}

extension Event where Source == App, Payload == App.Quit {
  /// The process is about to end.
  public static var quit: Self { Self("quit") }
}

extension Event where Source == App, Payload == BrowserWindow {
  /// A window has been created. The payload is the window.
  public static var browserWindowCreated: Self { Self("browser-window-created") }
}

extension Event where Source == App, Payload == WebContents {
  /// The first web process runs without a sandbox. A page that exploits WebKit then has all of this user's
  /// permissions. The log says so too.
  ///
  /// WebKit omits the sandbox in containers, in Snaps, and in a Flatpak that cannot start another sandbox. An
  /// app that shows untrusted content can quit in response. Electron has no such event: it does not start
  /// without a sandbox.
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
