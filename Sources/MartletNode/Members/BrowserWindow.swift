// Electron's `BrowserWindow`.

internal import Martlet

extension BrowserWindow: NodeObject {
  static let table: AnyClassTable = ClassTable<BrowserWindow>("BrowserWindow") {
    $0.constructor { (options: NodeValue) in
      var values = BrowserWindowOptions()
      // An unmodified app expects Electron's default: no policy but the page's own.
      values.webPreferences.contentSecurityPolicy = nil
      try BrowserWindowOptions.table.read(options, into: &values)
      return try BrowserWindow(whenReady: values)
    } then: {
      try hold($0)
    }
    $0.static("getAllWindows") { BrowserWindow.all }
    $0.static("getFocusedWindow") { BrowserWindow.focused }
    $0.static("fromId") { (id: Int) in BrowserWindow.from(id: id) }
    $0.static("fromWebContents") { (contents: WebContents) in BrowserWindow.from(contents) }

    $0.property("id", isLasting: true, \.id)
    $0.property("webContents", isLasting: true, \.webContents)
    $0.property("title", get: "getTitle", set: "setTitle", \.title)
    $0.method("show") { $0.show() }
    $0.method("hide") { $0.hide() }
    $0.method("focus") { $0.focus() }
    $0.method("isVisible") { $0.isVisible }
    $0.method("isFocused") { $0.isFocused }
    $0.method("isDestroyed", isLasting: true) { $0.isDestroyed }
    $0.method("close") { $0.close() }
    $0.method("destroy") { $0.destroy() }

    $0.ends(with: .closed)
    $0.event(.close)
    $0.event(.closed)
    $0.event(.readyToShow)
    $0.event(.show)
    $0.event(.hide)
    $0.event(.focus)
    $0.event(.blur)
    $0.event(.pageTitleUpdated) { [$0.title, $0.explicitSet] }
  }

  /// Keeps the JavaScript objects of a window and of its contents until the window is closed.
  private static func hold(_ window: BrowserWindow) throws {
    _ = try window.webContents.toNode()
    NodeObjects.hold(window)
    NodeObjects.hold(window.webContents)
    window.once(.closed) {
      NodeObjects.release(window)
      NodeObjects.release(window.webContents)
    }
  }
}

extension BrowserWindowOptions {
  static let table = OptionTable<BrowserWindowOptions> {
    $0.option("width", \.width)
    $0.option("height", \.height)
    $0.option("title", \.title)
    $0.option("show", \.show)
    $0.option("webPreferences") { (options, value: NodeValue) in
      try WebPreferences.table.read(value, into: &options.webPreferences)
    }
  }
}

extension WebPreferences {
  static let table = OptionTable<WebPreferences> {
    $0.option("preload", \.preload)
    $0.option("nodeIntegrationInSubFrames", \.nodeIntegrationInSubFrames)
    $0.option("additionalArguments", \.additionalArguments)
    $0.option("contentSecurityPolicy", \.contentSecurityPolicy)
  }
}
