// The frames of a page as the main process sees them: `webFrameMain`, WFM-01 to WFM-46.

import Glibc
import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct FrameTests {
    @Test func `WFM-01 to WFM-08 The frames of a page are a tree, read depth first`() throws {
      let ipc = try IpcApp.shared()
      let nested = try FramesPage("nested.html", in: ipc)
      let ids: [Int] = try nested.facts("frameTreeNodeId")
      #expect(try nested.facts("url").map(file) == ["nested.html", "middle.html", "child.html"])
      #expect(try nested.facts("parent", as: Int?.self) == [nil, ids[0], ids[1]])
      #expect(try nested.facts("top", as: Int.self) == [ids[0], ids[0], ids[0]])
      #expect(try nested.facts("children", as: Int.self) == [1, 1, 0])
      // The frames below one frame, starting with itself.
      #expect(
        try nested.facts("subtree", as: String.self)
          == ["nested.html middle.html child.html", "middle.html child.html", "child.html"])
      #expect(try nested.facts("name", as: String.self) == ["", "middle", "innermost"])
    }

    @Test func `WFM-07 A frame of another origin is in the tree, with those in it`() throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("sandboxed.html", in: ipc)
      let ids: [Int] = try page.facts("frameTreeNodeId")
      #expect(try page.facts("url").map(file) == ["sandboxed.html", "middle.html", "child.html"])
      #expect(try page.facts("parent", as: Int?.self) == [nil, ids[0], ids[1]])
      #expect(try page.facts("origin", as: String.self).suffix(2) == ["null", "null"])
    }

    @Test func `WFM-09 WFM-10 WFM-14 A frame tells what it is`() throws {
      let ipc = try IpcApp.shared()
      let fresh: CloneValue = try ipc.invoke("fresh-frame")
      #expect(try String.decode(from: fresh["origin"]) == "null")
      #expect(try String.decode(from: fresh["url"]) == "")
      let page = try FramesPage("one.html", in: ipc)
      #expect(
        try page.facts("origin", as: String.self)
          == Array(repeating: try page.execute("location.origin", in: 0), count: 2))
      #expect(try page.facts("frameToken", as: String.self).allSatisfy { $0.utf8.count == 32 })
      #expect(try Set(page.facts("routingId", as: Int.self)).count == 2)
      #expect(try page.facts("detached", as: Bool.self) == [false, false])
      #expect(try page.facts("isDestroyed", as: Bool.self) == [false, false])
      // The kernel's process ids, outside of the sandbox. They are known only with a lane.
      let pids: [Int] = try page.facts("osProcessId")
      let command = try FolderForTest.read("/proc/\(pids[1])/cmdline").prefix { $0 != "\0" }
      #expect(command.hasSuffix("WebKitWebProcess"))
      #expect(try page.facts("processId", as: Int.self) == pids)
    }

    @Test func `WFM-15 A frame knows whether its window is seen`() throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("one.html", in: ipc)
      for (shows, state) in [(false, "hidden"), (true, "visible")] {
        _ = try ipc.invoke("show-or-hide", "\(page.id), \(shows)", as: CloneValue.self)
        _ = try eventually("frames that are \(state)") {
          try page.facts("visibilityState", as: String.self) == [state, state] ? true : nil
        }
      }
    }

    @Test func `WFM-16 to WFM-19 A script runs in the frame it is meant for`() throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("nested.html", in: ipc)
      for (index, name) in ["nested.html", "middle.html", "child.html"].enumerated() {
        #expect(try file(page.execute("location.href", in: index)) == name)
      }
      #expect(try page.execute("Promise.resolve(42)", in: 2, as: Int.self) == 42)
      for name in [
        "Error", "TypeError", "RangeError", "SyntaxError", "URIError", "EvalError", "ReferenceError",
      ] {
        let failure = try ipc.failure(
          "electron.ipcRenderer.invoke('execute-in-frame', \(page.id), 2, "
            + "'Promise.reject(new \(name)(`told`))')"
        )
        #expect(failure?.contains("\(name): told") == true, "\(failure ?? "nothing")")
      }
      let unknown = try ipc.failure(
        "electron.ipcRenderer.invoke('execute-in-frame', \(page.id), 1, 'nobody')")
      #expect(unknown?.contains("ReferenceError") == true && unknown?.contains("nobody") == true)
    }

    @Test
    func
      `WFM-44 A frame whose document was opened anew, without its listeners, ends when it is removed`()
      throws
    {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("one.html", in: ipc, inSubFrames: false)
      #expect(
        try page.execute(
          """
          new Promise(resolve => {
            const frame = document.createElement('iframe')
            frame.src = 'child.html?opened'
            frame.onload = () => {
              frame.contentDocument.open()
              frame.contentDocument.close()
              setTimeout(() => resolve(true))
            }
            document.body.append(frame)
          })
          """, in: 0))
      #expect(
        try page.facts("url", as: String.self).map(file) == ["one.html", "child.html", "child.html?opened"])
      _ = try page.execute(
        "document.querySelector('iframe[src*=opened]').remove()", in: 0, as: CloneValue.self)
      _ = try eventually("the frame to be gone") {
        try page.facts("url", as: String.self).map(file) == ["one.html", "child.html"] ? true : nil
      }
    }

    @Test(arguments: [0, 1]) func `WFM-20 A frame is loaded again`(frame: Int) throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("one.html", in: ipc)
      _ = try page.execute("window.mark = 1", in: frame, as: CloneValue.self)
      #expect(try ipc.invoke("reload-frame", "\(page.id), \(frame)"))
      _ = try eventually("a page without the mark") {
        // During the replacement there may be no document.
        (try? page.execute("window.mark === undefined && document.readyState === 'complete'", in: frame))
          == true
          ? true : nil
      }
    }

    @Test func `WFM-23 WFM-24 WFM-44 The main frame is one object through navigations and crashes`() throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("one.html", in: ipc)
      _ = try ipc.invoke("keep-frame", "\(page.id), 0", as: CloneValue.self)
      // Navigates to another origin, and so to another process, and back.
      for url in ["about:blank", "data:text/html,<title>Data</title>"] {
        _ = try ipc.invoke("load-frames", "\(page.id), '\(url)'", as: CloneValue.self)
        _ = try eventually("\(url) in the main frame") {
          try page.facts("url", as: String.self) == [url] ? true : nil
        }
      }
      _ = try ipc.invoke(
        "load-frames", "\(page.id), 'app://dev.martlet.tests.IpcTestApp/frames/nested.html'",
        as: CloneValue.self)
      try ipc.app.waitForLog("did-frame-finish-load main nested.html")
      let pid = try page.facts("osProcessId", as: Int.self)[0]
      kill(pid_t(pid), SIGKILL)
      try ipc.app.waitForLog("the web process is gone")
      #expect(try ipc.invoke("reload-frame", "\(page.id), 0"))
      _ = try eventually("the page to be back") {
        try page.facts("url", as: String.self).map(file) == ["nested.html", "middle.html", "child.html"]
          && page.facts("osProcessId", as: Int.self)[0] != pid ? true : nil
      }
      #expect(try ipc.invoke("is-kept-main-frame", "\(page.id)"))
      #expect(ipc.app.log.split(separator: "\n").count { $0.hasPrefix("frame-created main") } == 1)
    }

    @Test
    func `WFM-11 WFM-25 WFM-26 Another origin's page ends the old senders, after a crash too`()
      throws
    {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("one.html", in: ipc)
      let server = try WebServerForTest(page: "<title>Elsewhere</title>")
      _ = try ipc.invoke("keep-frame", "\(page.id), 0", as: CloneValue.self)
      _ = try page.preload("electron.ipcRenderer.send('remember-me')", as: CloneValue.self)
      _ = try page.preload("electron.ipcRenderer.invoke('nothing')", as: CloneValue.self)
      #expect(try file(ipc.invoke("remembered")) == "one.html")
      func goElsewhere(_ path: String) throws {
        _ = try ipc.invoke("load-frames", "\(page.id), '\(server.origin)\(path)'", as: CloneValue.self)
        _ = try eventually("\(path) in the main frame") {
          try page.facts("url", as: String.self) == [server.origin + path] ? true : nil
        }
      }
      try goElsewhere("/first")
      #expect(try ipc.invoke("remembered", as: CloneValue.self).isUndefined)
      #expect(try page.facts("origin", as: String.self) == [server.origin])

      // Navigates back to a page of the app, whose process ends, and then to another process again.
      _ = try ipc.invoke(
        "load-frames", "\(page.id), 'app://dev.martlet.tests.IpcTestApp/frames/nested.html'",
        as: CloneValue.self)
      try ipc.app.waitForLog("did-frame-finish-load main nested.html")
      kill(pid_t(try page.facts("osProcessId", as: Int.self)[0]), SIGKILL)
      try ipc.app.waitForLog("the web process is gone")
      try goElsewhere("/second")
      // A frame's script runs before the page is parsed.
      _ = try eventually("the page's title") {
        try page.execute("document.title + location.origin", in: 0) == "Elsewhere" + server.origin
          ? true : nil
      }
      #expect(try ipc.invoke("is-kept-main-frame", "\(page.id)"))
    }

    @Test func `WFM-22 WFM-28 WFM-39 A frame that is gone says so, and nothing it is asked for fails badly`()
      throws
    {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("one.html", in: ipc)
      _ = try ipc.invoke("keep-frame", "\(page.id), 1", as: CloneValue.self)
      #expect(try ipc.invoke("send-to-kept-frame"))
      _ = try page.preload("document.querySelector('iframe').remove()", as: CloneValue.self)
      _ = try eventually("the frame to leave the tree") {
        try page.facts("url", as: String.self).count == 1 ? true : nil
      }
      let facts: CloneValue = try ipc.invoke("kept-frame")
      #expect(try Bool.decode(from: facts["isDestroyed"]))
      #expect(try String.decode(from: facts["url"]) == "")
      #expect(try ipc.invoke("send-to-kept-frame") == false)
      #expect(
        try ipc.failure("electron.ipcRenderer.invoke('execute-in-kept-frame')")?.contains("the page is gone")
          == true)

      _ = try ipc.invoke("keep-frame", "\(page.id), 0", as: CloneValue.self)
      _ = try ipc.invoke("destroy-window", "\(page.id)", as: CloneValue.self)
      #expect(try Bool.decode(from: ipc.invoke("kept-frame", as: CloneValue.self)["isDestroyed"]))
      #expect(try ipc.invoke("send-to-kept-frame") == false)
    }

    @Test func `WFM-30 to WFM-33 A frame is found by its numbers and by its token`() throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("nested.html", in: ipc)
      #expect(try ipc.invoke("find-frames", "\(page.id)", as: [Bool].self) == [true, true, true])
      #expect(try ipc.invoke("find-nothing"))
      for line in ["main nested.html true", "child middle.html true", "child child.html true"] {
        #expect(ipc.app.log.contains("did-frame-finish-load \(line)"))
      }
    }

    @Test func `WFM-42 WFM-43 WFM-45 WFM-46 Frames are announced in order, and tell when they are parsed`()
      throws
    {
      let ipc = try IpcApp.shared()
      _ = try FramesPage("nested.html", in: ipc)
      let lines = ipc.app.log.split(separator: "\n").map(String.init)
      #expect(
        lines.filter { $0.hasPrefix("frame-created") }
          == [
            "frame-created main nested.html", "frame-created child middle.html",
            "frame-created child child.html",
          ])
      for frame in ["main nested.html", "child middle.html", "child child.html"] {
        #expect(lines.contains("did-frame-navigate \(frame)"))
        #expect(lines.contains("dom-ready \(frame)"))
      }
    }

    @Test func `A frame's name is cut, and one whose address is too long is not loaded`() throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("one.html", in: ipc)
      _ = try page.preload(
        """
        for (const [name, length] of [['n'.repeat(1 << 24), 1 << 20], ['too long', 3 << 20]]) {
          const frame = document.createElement('iframe')
          frame.name = name
          frame.src = 'child.html?' + 'x'.repeat(length)
          document.body.append(frame)
        }
        1
        """, as: CloneValue.self)
      try ipc.app.waitForLog(
        "refused a page's navigation to app://dev.martlet.tests.IpcTestApp/frames/child.html?xxx")
      let name = String(repeating: "n", count: 1024) + "…"
      _ = try eventually("the other frame") {
        try page.facts("name", as: String.self).last == name ? true : nil
      }
      #expect(try page.facts("name", as: String.self).dropFirst().filter { $0 != name } == ["child"])
      #expect(try page.facts("url", as: String.self)[2].utf8.count > 1 << 20)
    }

    @Test func `A page does not go to an address that is too long, and goes on`() throws {
      let ipc = try IpcApp.shared()
      let window = try ipc.openWindow()
      try window.evaluate("setTimeout(() => { location.search = 'x'.repeat(3 << 20) }); 1")
      try ipc.app.waitForLog(
        "refused a page's navigation to app://dev.martlet.tests.IpcTestApp/page.html?xxx")
      try window.wait(for: "electron.ipcRenderer.invoke('add', 1, 3)", toBe: 4, in: .preload)
      let next = "app://dev.martlet.tests.IpcTestApp/page.html"
      _ = try ipc.invoke("load-frames", "\(window.id), '\(next)'", as: CloneValue.self)
      try window.wait(for: "electron.ipcRenderer.invoke('add', 2, 3)", toBe: 5, in: .preload)
    }

    @Test func `SUB-11 A frame goes to an empty page and back`() throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("one.html", in: ipc)
      for (source, name) in [("about:blank", "about:blank"), ("child.html?back", "child.html?back")] {
        _ = try page.preload("document.querySelector('iframe').src = '\(source)'; 1", as: CloneValue.self)
        _ = try eventually("\(name) in the frame") {
          try page.facts("url").map(file) == ["one.html", name] ? true : nil
        }
      }
    }

    @Test func `A frame that was looked at before it was loaded has its bridge, once`() throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("one.html", in: ipc)
      let early: String = try page.preload(
        """
        const frame = document.createElement('iframe')
        frame.src = 'child.html?early'
        document.body.append(frame)
        const empty = document.createElement('iframe')
        document.body.append(empty)
        typeof frame.contentWindow.electron + typeof empty.contentWindow.electron
        """)
      #expect(early == "undefinedobject")
      try ipc.app.waitForLog("did-frame-finish-load child child.html?early true")
      #expect(try page.preload("typeof frame.contentWindow.electron") == "object")
      #expect(
        try Set(page.facts("url").map(file)) == ["one.html", "child.html", "child.html?early", "about:blank"])
      #expect(!ipc.app.log.contains("Unable to load preload script"))
    }

    @Test func `Frames come and go without leaving sockets behind`() throws {
      let ipc = try IpcApp()
      let page = try FramesPage("one.html", in: ipc)
      func sockets() throws -> Int {
        let files = try ToolRun("/bin/ls", "-l", "/proc/\(ipc.app.pid!)/fd").output
        return files.split(separator: "\n").count { $0.contains("socket:") }
      }
      let before = try sockets()
      _ = try page.preload(
        """
        (async () => {
          for (let i = 0; i < 50; i++) {
            const frame = document.createElement('iframe')
            frame.src = 'child.html?' + i
            const loaded = new Promise(resolve => frame.onload = resolve)
            document.body.append(frame)
            await loaded
            frame.remove()
          }
        })()
        """, as: CloneValue.self)
      _ = try eventually("the sockets to be closed") { try sockets() <= before ? true : nil }
      _ = try eventually("the frames to leave the tree: \(page.facts("url", as: String.self).map(file))") {
        try page.facts("url", as: String.self).count == 2 ? true : nil
      }
    }
  }
}
