// Pages over the app's own scheme: what works on it, and what it refuses.

import MartletTesting
import StructuredClone
import Testing

extension EndToEnd {
  @Suite struct PageTests {
    @Test func `Modules, fetch and storage work on the app's own scheme`() throws {
      let ipc = try IpcApp()
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
            "fetch('page.js', { headers: { Range: 'bytes=0-5' } }).then(async response => response.status * 1000 + (await response.text()).length)"
          )) == 206_006)
    }

    @Test func `Nothing outside the app's folder, and no listing, can be had`() throws {
      let ipc = try IpcApp()
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
      let ipc = try IpcApp()
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
      let ipc = try IpcApp()
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
      let ipc = try IpcApp()
      try ipc.window.evaluate("setTimeout(() => { location.href = 'https://example.com/' }); 1")
      try ipc.app.waitForLog("refused: https://example.com/")
      try ipc.window.evaluate("setTimeout(() => { location.href = 'data:text/html,hello' }); 1")
      try ipc.app.waitForLog("refused: data:text/html,hello")
      #expect(try Bool.decode(from: ipc.window.evaluate("window.open('other.html') === null")))
      #expect(try ipc.app.windows().count == 1)
      #expect(try ipc.app.windows()[0].title == "Test page")
    }

    @Test func `A load ends as Electron's does`() throws {
      let ipc = try IpcApp()
      #expect(try ipc.invoke("load-in-new-window", "'page.html'", as: String.self) == "loaded")
      #expect(
        try ipc.invoke("load-in-new-window", "'missing.html'", as: String.self)
          == "ERR_FILE_NOT_FOUND (-6) loading 'missing.html' | -6 ERR_FILE_NOT_FOUND missing.html")
      let missing = "app://dev.martlet.tests.IpcTestApp/missing.html"
      #expect(
        try ipc.invoke("load-in-new-window", "'\(missing)'", as: String.self)
          == "ERR_FILE_NOT_FOUND (-6) loading '\(missing)' | -6 ERR_FILE_NOT_FOUND \(missing)")
      let refused: String = try ipc.invoke("load-in-new-window", "'http://127.0.0.1:8199/'")
      #expect(refused.hasPrefix("ERR_CONNECTION_REFUSED (-102) loading 'http://127.0.0.1:8199/'"))
      // Ports that no browser connects to. WebKit shows an empty page and calls it loaded.
      for port in [1, 22, 6000] {
        #expect(
          try ipc.invoke("load-in-new-window", "'http://127.0.0.1:\(port)/'", as: String.self)
            == "ERR_UNSAFE_PORT (-312) loading 'http://127.0.0.1:\(port)/' | -312 ERR_UNSAFE_PORT http://127.0.0.1:\(port)/"
        )
      }
      #expect(try ipc.invoke("load-in-new-window", "'about:blank'", as: String.self) == "loaded")
      #expect(
        try ipc.invoke("load-in-new-window", "'http://example.com/'", as: String.self).hasPrefix(
          "ERR_BLOCKED_BY_CLIENT (-20)"))
      #expect(try ipc.invoke("abort-a-load", as: String.self).hasPrefix("ERR_ABORTED (-3)"))
    }

    @Test func `executeJavaScript gives real values and real errors`() throws {
      let ipc = try IpcApp()
      #expect(
        try ipc.preload("electron.ipcRenderer.invoke('execute', 'new Map([[1, 2]])').then(map => map.get(1))")
          == 2)
      #expect(try ipc.invoke("execute", "'Promise.resolve(fromPage)'", as: String.self) == "page")
      #expect(
        try ipc.failure("electron.ipcRenderer.invoke('execute', 'nowhere.to.be.found')")?.contains(
          "ReferenceError") == true)
      #expect(
        try ipc.failure("electron.ipcRenderer.invoke('execute', 'Promise.reject(new TypeError(`no`))')")?
          .contains("TypeError: no") == true)
    }

    @Test func `What a page prints reaches the app's log`() throws {
      let ipc = try IpcApp()
      try ipc.window.evaluate("console.log('hello from the page'); console.error('trouble'); 1")
      try ipc.app.waitForLog("hello from the page")
      try ipc.app.waitForLog("trouble")
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
      // The first ones start what stays: the network process, caches.
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
