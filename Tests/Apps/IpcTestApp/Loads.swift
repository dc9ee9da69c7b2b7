// Loads, their outcomes, and scripts of the app in the loaded pages.

import Martlet

enum Loads {
  static func register() {
    // The outcome of a load: "loaded", or the error's fields.
    ipcMain.handle("load-in-new-window") { (_, url: String) async -> String in
      let window = BrowserWindow { $0.show = false }
      defer { window.destroy() }
      do {
        try await (url.contains(":") ? window.loadURL(url) : window.loadFile(url)).value
        return "loaded"
      } catch let failure as LoadFailure {
        return "\(failure) | \(failure.errno) \(failure.code) \(failure.url)"
      } catch {
        return "\(error)"
      }
    }
    // Reloads the calling page, each time when it is loaded, and prints when all reloads are done.
    ipcMain.handle("reload-repeatedly") { (event, count: Int) in
      let contents = event.sender
      var left = count
      var loads: Subscription?
      loads = contents.on(.didFinishLoad) { [unowned contents] in
        left -= 1
        if left > 0 { return contents.reload() }
        loads?.cancel()
        print("reloaded \(count) times")
      }
      contents.reload()
    }
    ipcMain.on("go") { (event, url: String) in BrowserWindow.from(event.sender)?.loadURL(url) }
    ipcMain.handle("load-in") { (_, id: Int, page: String) async throws in
      try await BrowserWindow.from(id: id)?.loadFile(page).value
    }
    ipcMain.handle("abort-a-load") { _ async -> String in
      let window = BrowserWindow { $0.show = false }
      defer { window.destroy() }
      let first = window.loadFile("page.html")
      window.loadFile("other.html")
      do {
        try await first.value
        return "loaded"
      } catch {
        return "\(error)"
      }
    }
    ipcMain.handle("stop-a-load") { (_, page: String) async -> String in
      let window = BrowserWindow { $0.show = false }
      defer { window.destroy() }
      let load = window.loadFile(page)
      window.webContents.stop()
      do {
        try await load.value
        return "loaded"
      } catch {
        return "\(error), loading \(window.webContents.isLoading)"
      }
    }
    ipcMain.handle("load-with") { (_, query: String?, hash: String?) async throws -> String in
      let window = BrowserWindow { $0.show = false }
      defer { window.destroy() }
      try await window.loadFile("page.html", query: query, hash: hash).value
      return try await window.webContents.executeJavaScript("location.search + location.hash")
    }
    // Loads several fragments of one page in turn. Returns the page's URL after each, and whether the
    // document is a new one.
    ipcMain.handle("load-places") { (_, hashes: [String]) async throws -> [String] in
      let window = BrowserWindow { $0.show = false }
      defer { window.destroy() }
      try await window.loadFile("page.html").value
      try await window.webContents.executeJavaScript("globalThis.isFirst = true")
      var places: [String] = []
      for hash in hashes {
        try await window.loadFile("page.html", hash: hash).value
        places.append(
          try await window.webContents.executeJavaScript(
            "location.hash + (globalThis.isFirst ? '' : ' anew')", as: String.self))
      }
      return places
    }
    // Leaves the window's page for another one. Returns the outcome, and the window's URL then.
    ipcMain.handle("leave-for") { (event, page: String) async -> String in
      do {
        try await event.sender.loadFile(page).value
        return "loaded"
      } catch {
        return "\(error) at \(event.sender.url), loading \(event.sender.isLoading)"
      }
    }

    ipcMain.handle("execute") { (event, code: String) async throws -> CloneValue in
      try await event.sender.executeJavaScript(code)
    }
    // A script's value as a number, or the error if it is none.
    ipcMain.handle("execute-as-number") { (event, code: String) async throws -> Int in
      try await event.sender.executeJavaScript(code)
    }
    // The text and the stack of the error that a script throws.
    ipcMain.handle("thrown-by") { (event, code: String) async throws -> [String] in
      do {
        return ["no", "\(try await event.sender.executeJavaScript(code))"]
      } catch let error as ScriptError {
        return [error.message, error.stack]
      }
    }
    // Scripts started before the first page, and between two pages. Returns the document that each of them
    // saw.
    ipcMain.handle("execute-while-loading") { _ async throws -> [String] in
      let window = BrowserWindow { $0.show = false }
      defer { window.destroy() }
      let early = Task { try await look(at: window) }
      await Task.yield()
      window.loadFile("page.html")
      let first = try await early.value
      window.loadFile("other.html")
      return [first, try await look(at: window)]
    }
    ipcMain.handle("execute-in-window-that-goes") { _ async -> String in
      let window = BrowserWindow { $0.show = false }
      let script = Task { try await look(at: window) }
      await Task.yield()
      window.destroy()
      do { return try await script.value } catch { return "\(error)" }
    }
  }

  private static func look(at window: BrowserWindow) async throws -> String {
    try await window.webContents.executeJavaScript(
      "[document.title, document.readyState !== 'loading', document.querySelectorAll('p').length].join()")
  }
}
