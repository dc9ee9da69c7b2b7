// Pages over the app's own scheme: supported features, and refused requests.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct PageTests {
    @Test func `Modules, fetch and storage work on the app's own scheme`() throws {
      let ipc = try IpcApp.shared()
      let window = ipc.window
      let origin = try String.decode(from: window.evaluate("location.origin"))
      #expect(origin == "app://dev.martlet.tests.ipctestapp")
      #expect(try Bool.decode(from: window.evaluate("isSecureContext")))
      try window.wait(for: "window.fromModule", toBe: 42)
      #expect(
        try String.decode(from: window.evaluate("fetch('page.js').then(response => response.text())"))
          .contains("fromPage"))
      try window.evaluate("localStorage.setItem('kept', 'yes')")
      #expect(try String.decode(from: window.evaluate("localStorage.getItem('kept')")) == "yes")
      #expect(
        try Int.decode(
          from: window.evaluate(
            "fetch('page.js', { headers: { Range: 'bytes=0-5' } }).then(async response => "
              + "response.status * 1000 + (await response.text()).length)"
          )) == 206_006)
    }

    @Test func `Nothing outside the app's folder, and no listing, can be had`() throws {
      let ipc = try IpcApp.shared()
      let paths = [
        "../../Package.swift", "..%2f..%2fPackage.swift", "%2e%2e/%2e%2e/Package.swift",
        "..%5c..%5cPackage.swift",
        "page.html%00.js", "", "parts", "parts/", "link-outside", "missing.html", "/etc/passwd",
        "//etc/passwd",
      ]
      for path in paths {
        let status = try Int.decode(
          from: ipc.window.evaluate(
            "fetch('app://dev.martlet.tests.IpcTestApp/\(path)').then(response => response.status, () => 0)"))
        #expect(status == 404, "\(path)")
      }
      #expect(
        try Int.decode(from: ipc.window.evaluate("fetch('file:///etc/passwd').then(() => 1, () => 0)")) == 0)
    }

    @Test func `A page cannot read the preload, nor use the private scheme`() throws {
      let ipc = try IpcApp.shared()
      #expect(
        try Int.decode(from: ipc.window.evaluate("fetch('preload.js').then(response => response.status)"))
          == 404)
      for name in ["hello", "sync", "module"] {
        let status = try Int.decode(
          from: ipc.window.evaluate(
            """
            new Promise(resolve => {
              const request = new XMLHttpRequest()
              request.open('POST', 'martlet-ipc://bridge/\(name)')
              request.onloadend = () => resolve(request.status)
              request.send('0'.repeat(64) + 'x')
            })
            """))
        #expect(status == 403 || status == 0, "\(name)")
      }
    }

    @Test func `The page's world has nothing of the preload's`() throws {
      let ipc = try IpcApp.shared()
      for name in [
        "require", "process", "Buffer", "module", "exports", "electron", "heard", "martletReceive",
      ] {
        #expect(
          try String.decode(from: ipc.window.evaluate("typeof globalThis.\(name)")) == "undefined", "\(name)")
      }
      #expect(
        try Bool.decode(
          from: ipc.window.evaluate(
            "globalThis.webkit === undefined || webkit.messageHandlers?.martlet === undefined")))
      #expect(try String.decode(from: ipc.window.evaluate("typeof fromPage", in: .preload)) == "undefined")
    }

    @Test func `A page can neither leave the app nor open windows`() throws {
      let ipc = try IpcApp.shared()
      try ipc.window.evaluate("setTimeout(() => { location.href = 'https://example.com/' }); 1")
      try ipc.app.waitForLog("refused: https://example.com/")
      try ipc.window.evaluate("setTimeout(() => { location.href = 'data:text/html,hello' }); 1")
      try ipc.app.waitForLog("refused: data:text/html,hello")
      #expect(try Bool.decode(from: ipc.window.evaluate("window.open('other.html') === null")))
      #expect(try ipc.app.windows().count == 1)
      #expect(try ipc.app.windows()[0].title == "Test page")
    }

    @Test func `A load ends as Electron's does`() throws {
      let ipc = try IpcApp.shared()
      #expect(try ipc.invoke("load-in-new-window", "'page.html'", as: String.self) == "loaded")
      #expect(
        try ipc.invoke("load-in-new-window", "'missing.html'", as: String.self)
          == "ERR_FILE_NOT_FOUND (-6) loading 'missing.html' | -6 ERR_FILE_NOT_FOUND missing.html")
      // A caller that awaits a load handles its failure; otherwise the log has it.
      #expect(!ipc.app.log.contains("ERR_FILE_NOT_FOUND"), "\(ipc.app.log)")
      _ = try ipc.invoke("open-hidden-window-that-fails", "'missing.html'", as: Int.self)
      try ipc.app.waitForLog("ERR_FILE_NOT_FOUND (-6) loading 'missing.html'")
      let missing = "app://dev.martlet.tests.IpcTestApp/missing.html"
      #expect(
        try ipc.invoke("load-in-new-window", "'\(missing)'", as: String.self)
          == "ERR_FILE_NOT_FOUND (-6) loading '\(missing)' | -6 ERR_FILE_NOT_FOUND \(missing)")
      #expect(
        try ipc.invoke("load-in-new-window", "'app://elsewhere/page.html'", as: String.self).hasPrefix(
          "ERR_FILE_NOT_FOUND (-6)"))
      let refused: String = try ipc.invoke("load-in-new-window", "'http://127.0.0.1:8199/'")
      #expect(refused.hasPrefix("ERR_CONNECTION_REFUSED (-102) loading 'http://127.0.0.1:8199/'"))
      // Ports that browsers refuse. WebKit 2.50 shows an empty page and reports it as loaded; 2.54 reports
      // the error itself.
      for url in ["http://127.0.0.1:1/", "http://127.0.0.1:22/", "http://127.0.0.1:6000/#place"] {
        #expect(
          try ipc.invoke("load-in-new-window", "'\(url)'", as: String.self)
            == "ERR_UNSAFE_PORT (-312) loading '\(url)' | -312 ERR_UNSAFE_PORT \(url)")
      }
      #expect(
        try ipc.invoke("load-in-new-window", "'https://0.0.0.0/'", as: String.self)
          == "ERR_ADDRESS_INVALID (-108) loading 'https://0.0.0.0/' | -108 ERR_ADDRESS_INVALID "
          + "https://0.0.0.0/"
      )
      #expect(
        try ipc.invoke("load-in-new-window", "'nonsense:text#place'", as: String.self).hasPrefix(
          "ERR_UNKNOWN_URL_SCHEME (-302)"))
      #expect(try ipc.invoke("load-in-new-window", "'about:blank'", as: String.self) == "loaded")
      #expect(
        try ipc.invoke("load-in-new-window", "'http://example.com/'", as: String.self).hasPrefix(
          "ERR_BLOCKED_BY_CLIENT (-20)"))
      #expect(try ipc.invoke("abort-a-load", as: String.self).hasPrefix("ERR_ABORTED (-3)"))
    }

    @Test func `A load that is stopped before it has begun ends as one that was aborted`() throws {
      let ipc = try IpcApp.shared()
      #expect(
        try ipc.invoke("stop-a-load", "'page.html'", as: String.self)
          == "ERR_ABORTED (-3) loading 'app://dev.martlet.tests.IpcTestApp/page.html', loading false")
    }

    @Test func `A load that a server spoils ends with Chromium's name for it`() throws {
      let ipc = try IpcApp.shared()
      let silent = try WebServerForTest(answer: "")
      #expect(
        try ipc.invoke("load-in-new-window", "'\(silent.origin)/'", as: String.self).hasPrefix(
          "ERR_EMPTY_RESPONSE (-324) loading '\(silent.origin)/'"))
      let circular = try WebServerForTest(
        answer: "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
      #expect(
        try ipc.invoke("load-in-new-window", "'\(circular.origin)/'", as: String.self).hasPrefix(
          "ERR_TOO_MANY_REDIRECTS (-310) loading '\(circular.origin)/'"))
      let untrusted = try AppUnderTest(
        "/usr/bin/env",
        arguments: ["node", Checkout.tests + "/Servers/untrusted.mjs"])
      try untrusted.waitForLog(".\n")
      let port = untrusted.log.filter(\.isNumber)
      #expect(
        try ipc.invoke("load-in-new-window", "'https://127.0.0.1:\(port)/'", as: String.self).hasPrefix(
          "ERR_CERT_AUTHORITY_INVALID (-202) loading 'https://127.0.0.1:\(port)/'"))
    }

    @Test func `A query and a place in the page are taken with their mark or without, whatever is in them`()
      throws
    {
      let ipc = try IpcApp.shared()
      for (query, hash, expected) in [
        ("a=1", "top", "?a=1#top"), ("?a=1", "#top", "?a=1#top"), ("", "#", ""),
        ("a=%zz&b=%20%", "100%", "?a=%25zz&b=%20%25#100%25"),
        ("ü=a b#c", "☂ #", "?%C3%BC=a%20b%23c#%E2%98%82%20%23"),
      ] {
        #expect(
          try ipc.invoke("load-with", "'\(query)', '\(hash)'", as: String.self) == expected,
          "\(query) \(hash)")
      }
    }

    @Test func `A load of another place in the page that is shown ends when the page is there`() throws {
      let ipc = try IpcApp.shared()
      // Loading the same URL again reloads the document.
      let places: [String] = try ipc.invoke("load-places", "['one', 'two', '#three', 'three', 'four']")
      #expect(places == ["#one", "#two", "#three", "#three anew", "#four anew"])
    }

    @Test func `executeJavaScript gives real values and real errors`() throws {
      let ipc = try IpcApp.shared()
      #expect(
        try ipc.preload("electron.ipcRenderer.invoke('execute', 'new Map([[1, 2]])').then(map => map.get(1))")
          == 2)
      #expect(try ipc.invoke("execute", "'Promise.resolve(fromPage)'", as: String.self) == "page")
      // The whole source is used, and imports are relative to the page.
      #expect(try ipc.invoke("execute", "`'a\\0b'.length`", as: Int.self) == 3)
      #expect(
        try ipc.invoke("execute", "`import('./answer.mjs').then(module => module.answer)`", as: Int.self)
          == 42)
      #expect(try ipc.invoke("execute-as-number", "'6 * 7'", as: Int.self) == 42)
      #expect(
        try ipc.failure("electron.ipcRenderer.invoke('execute-as-number', '`six`')")?.hasSuffix(
          "TypeError: expected Int, got string 'six'") == true)
      for (code, message) in [
        ("nowhere.to.be.found", "ReferenceError: Can't find variable: nowhere"),
        ("Promise.reject(new TypeError(`no`))", "TypeError: no"), ("throw 'text'", "text"), ("throw 1", "1"),
        ("throw { toString: () => 'its text' }", "its text"), ("throw null", "null"),
        ("throw Object.create(null)", "A value that has no text was thrown"),
        ("throw { get name () { throw 1 } }", "[object Object]"),
        ("throw new DOMException('off', 'AbortError')", "AbortError: off"),
      ] {
        #expect(try ipc.invoke("thrown-by", quoted(code), as: [String].self)[0] == message, "\(code)")
      }
      let thrown: [String] = try ipc.invoke(
        "thrown-by", quoted("function deep () { throw new RangeError('far') }\n\ndeep()"))
      let beside = "app://dev.martlet.tests.IpcTestApp/executeJavaScript"
      #expect(thrown[0] == "RangeError: far")
      // The columns depend on the engine.
      #expect(
        thrown[1].split(separator: "\n").map { $0[..<($0.lastIndex(of: ":") ?? $0.endIndex)] }
          == ["deep@\(beside):1", "global code@\(beside):3"], "\(thrown[1])")
      #expect(!ipc.app.log.contains("CRITICAL"), "\(ipc.app.log)")
    }

    @Test func `executeJavaScript waits for the page that is being loaded`() throws {
      let ipc = try IpcApp.shared()
      #expect(
        try ipc.invoke("execute-while-loading", as: [String].self) == [
          "Test page,true,1", "Other page,true,1",
        ])
      #expect(try ipc.invoke("execute-in-window-that-goes", as: String.self) == "the page is gone")
      #expect(!ipc.app.log.contains("CRITICAL"), "\(ipc.app.log)")
    }

    @Test func `A page's dialog is shown, but for one that is too long, which is cancelled`() throws {
      let ipc = try IpcApp.shared()
      try ipc.window.waitUntilPainted()
      try ipc.window.focus()
      // The script waits for the dialog that it opens.
      try ipc.window.evaluate("setTimeout(() => { globalThis.answer = confirm('short') }); 1")
      _ = try eventually("an answer") {
        try ipc.app.press("Return")
        return try? ipc.window.evaluate("globalThis.answer ?? null", by: Deadline(seconds: 1))
      }
      #expect(try Bool.decode(from: ipc.window.evaluate("answer")))
      let answers = try ipc.window.evaluate(
        """
        (() => {
          const long = 'word '.repeat(1 << 17)
          return [String(alert(long)), confirm(long), prompt(long), prompt('short', long)]
        })()
        """)
      #expect(
        answers.isEquivalent(to: ["undefined", false, .null, .null] as CloneValue), "\(answers)")
      let warning =
        "refused a dialog: its text exceeds 10000 bytes (app://dev.martlet.tests.IpcTestApp/page.html"
      #expect(ipc.app.log.split(separator: "\n").filter { $0.contains(warning) }.count == 1)
    }

    @Test func `Console messages of a page reach the app's log`() throws {
      let ipc = try IpcApp.shared()
      try ipc.window.evaluate(
        "console.log('hello', 'from %s page', 1, { a: 1 }); console.error('trouble'); 1")
      try ipc.app.waitForLog("CONSOLE LOG hello from %s page 1 [object Object]\n")
      try ipc.app.waitForLog("CONSOLE ERROR trouble\n")
      try ipc.window.evaluate("fetch('missing.html').then(() => 1)")
      try ipc.app.waitForLog(
        "Failed to load resource: the server responded with a status of 404 (Not Found) (app:")
    }

    @Test func `Reloading and navigating keep the bridge, and the old page's calls end quietly`() throws {
      let ipc = try IpcApp()
      for round in 1...5 {
        try ipc.window.evaluate(
          """
          globalThis.round = \(round)
          for (let index = 0; index < 50; index++) electron.ipcRenderer.invoke('three-later', index)
          setTimeout(() => location.reload()); 1
          """, in: .preload)
        try ipc.window.wait(for: "globalThis.round === undefined", toBe: true, in: .preload)
      }
      #expect(try ipc.invoke("add", "1, 2", as: Int.self) == 3)
      #expect(try ipc.app.webProcessCount() == 1)
    }

    @Test func `Fifty windows opened and closed leave no process and no closure behind`() throws {
      let ipc = try IpcApp("--stay")
      func openAndClose(_ count: Int) throws {
        for _ in 0..<count {
          let id: Int = try ipc.invoke("open-window")
          _ = try eventually("window \(id)") {
            try ipc.app.windows().first { $0.id == id && $0.title == "Test page" }
          }
          _ = try ipc.invoke("destroy-window", "\(id)", as: CloneValue.self)
        }
        _ = try eventually("their processes to end") {
          let processes = try ipc.app.webProcessCount()
          guard processes == 1 else {
            throw TestingError("there are \(processes)\n\(ipc.app.processReport())\n\(ipc.app.log)")
          }
          return true
        }
      }
      // The first windows start what stays: the network process, caches.
      try openAndClose(2)
      let processes = ipc.app.processes().count
      let closures = try ipc.app.closureCount()
      try openAndClose(50)
      _ = try eventually("the process count to return") {
        ipc.app.processes().count <= processes ? true : nil
      }
      _ = try eventually("the closures to return to \(closures)") {
        let now = try ipc.app.closureCount()
        guard now <= closures else { throw TestingError("there are \(now)") }
        return true
      }
    }
  }
}
