// What happens to an app. Electron's names.

extension EventName where Source == App, Payload == Void {
  public static var ready: Self { Self("ready") }
  /// The desktop has started the app while it runs; a window that is there gets the focus. Only where D-Bus
  /// activates the app: its desktop file says `DBusActivatable=true`, and a service file starts it with
  /// `--gapplication-service`. Electron: macOS only.
  public static var activate: Self { Self("activate") }
  /// The last window has closed. Without a listener the app quits; with one it goes on until told.
  public static var windowAllClosed: Self { Self("window-all-closed") }
}

extension EventName where Source == App, Payload == CancelableEvent {
  /// `quit` was called and no window has been asked yet. Preventing it calls the quit off.
  public static var beforeQuit: Self { Self("before-quit") }
  /// All windows have closed and the app is about to end. Preventing it calls the quit off.
  public static var willQuit: Self { Self("will-quit") }
}

extension EventName where Source == App, Payload == Int32 {
  /// The app ends with this exit status.
  public static var quit: Self { Self("quit") }
}

extension EventName where Source == App, Payload == BrowserWindow {
  public static var browserWindowCreated: Self { Self("browser-window-created") }
}

extension EventName where Source == App, Payload == WebContents {
  /// The first web process is there, and is in no sandbox: a page that breaks out of WebKit has all that this
  /// user has. The log says so, too. WebKit does without one in containers, in Snaps, and in a Flatpak that
  /// cannot start another. An app that shows what it does not trust may want to end. Electron has no such
  /// event: it does not start.
  public static var sandboxMissing: Self { Self("sandbox-missing") }
  public static var webContentsCreated: Self { Self("web-contents-created") }
}
