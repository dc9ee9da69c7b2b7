// Shows one page in a window, with safe defaults, and exits with a status for success or failure.

import Martlet

struct PageOptions {
  /// Absolute path of the folder that the page is confined to, and the page's name in it.
  private var folder = ""
  private var page = ""
  private var console = false
  private var devtools = false
  private var size = BrowserWindowOptions().size
  private var exitsOnClose = true

  /// Parses the arguments; nil if they are invalid.
  init?(_ arguments: [String]) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--console": console = true
      case "--devtools": devtools = true
      case "--no-exit-on-close": exitsOnClose = false
      case "--size":
        let numbers = rest.popFirst()?.split(separator: "x").compactMap { Int($0) } ?? []
        guard numbers.count == 2, numbers.allSatisfy({ 1...16384 ~= $0 }) else { return nil }
        size = Size(width: numbers[0], height: numbers[1])
      default:
        // Compared as bytes: Swift joins a combining accent at the beginning of a name with the slash before
        // it.
        let mark = UInt8(ascii: "/")
        guard page.isEmpty, argument.utf8.first == mark, let slash = argument.utf8.lastIndex(of: mark) else {
          return nil
        }
        folder = String(argument[..<slash])
        page = String(argument[argument.utf8.index(after: slash)...])
      }
    }
    if folder.isEmpty || page.isEmpty { return nil }
  }

  @MainActor func run() -> Never {
    App.run(id: "dev.martlet.Run", name: page, resources: folder) { app in
      let preload = folder + "/preload.js"
      let window = BrowserWindow {
        $0.size = size
        $0.webPreferences.preload = isFile(preload) ? preload : nil
      }
      var hasFailed = false
      @MainActor func fail(_ reason: String) {
        if hasFailed { return }  // closing the window stops a load in progress
        hasFailed = true
        print(reason)
        app.exit(1)
      }
      window.webContents.on(.didFailLoad) { fail("\($0.error)") }
      window.webContents.on(.preloadError) { fail("the preload threw \($0.error)") }
      if console, let output = ConsoleOutput() {
        app.on(.quit) { _ in output.finish() }
      }
      app.on(.windowAllClosed) { if exitsOnClose { app.quit() } }
      window.loadFile(page)
      if devtools { window.webContents.openDevTools() }
    }
  }
}
