// What is loaded, how it ends, and scripts of the app's own in it.

import Martlet

enum Loads {
  static func register() {
    // What loading ends with: "loaded", or the error's fields.
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
    // Reloads the page that asks, each time when it is loaded, and prints when all is done.
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
    // Places in one page, one after the other: where the page is after each, and whether it is another
    // document then.
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
    // The page the window shows is left for another one: how that ends, and where the window is then.
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
    // A script's value as a number, and what comes where it is none.
    ipcMain.handle("execute-as-number") { (event, code: String) async throws -> Int in
      try await event.sender.executeJavaScript(code)
    }
    // What a script throws: its text and its stack.
    ipcMain.handle("thrown-by") { (event, code: String) async throws -> [String] in
      do {
        return ["no", "\(try await event.sender.executeJavaScript(code))"]
      } catch let error as ScriptError {
        return [error.message, error.stack]
      }
    }
    // Scripts that come before the first page, and between two of them: the document that each of them saw.
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
