// Messages of frames, and which frames may send: SUB-01 to SUB-09, IPC-46 to IPC-63, S-02, S-03, S-12, S-13,
// S-19, S-44, S-45.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct FrameMessageTests {
    @Test(arguments: [("one.html", 2), ("nested.html", 3)])
    func `SUB-01 SUB-02 The preload runs in every frame, each with a token of its own`(
      page: String, count: Int
    ) throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage(page, in: ipc)
      let ran: CloneArray = try ipc.invoke("preloads-ran")
      let tokens = try ran.elements.map { try String.decode(from: $0[1]) }
      #expect(tokens.count == count)
      #expect(Set(tokens).count == count)
      #expect(try ran.elements.map { try String.decode(from: $0[0]["token"]) } == tokens)
      #expect(
        try ran.elements.map { try Bool.decode(from: $0[0]["isMainFrame"]) }
          == [true] + Array(repeating: false, count: count - 1))
      #expect(try page.facts("frameToken", as: String.self) == tokens)
    }

    @Test(arguments: ["ping", "ping-sender", "ping-by-number"])
    func `SUB-03 to SUB-08 WFM-21 S-19 S-45 An answer goes to the frame that asked, and to no other`(
      how: String
    ) throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("nested.html", in: ipc)
      let tokens: [String] = try page.facts("frameToken")
      let windows = ["window", "frames[0]", "frames[0].frames[0]"]
      for (index, window) in windows.enumerated() {
        let heard: [[String]] = try page.preload(
          """
          (async () => {
            const all = [\(windows.joined(separator: ", "))]
            for (const one of all) one.heard.length = 0
            const from = \(window)
            const come = new Promise(resolve => from.electron.ipcRenderer.once('pong', resolve))
            from.electron.ipcRenderer.send('\(how)')
            await come
            for (const one of all) await one.electron.ipcRenderer.invoke('nothing')
            return all.map(one => [...one.heard])
          })()
          """)
        #expect(heard == windows.indices.map { $0 == index ? [tokens[index]] : [] })
      }
      if how == "ping-by-number" { #expect(ipc.app.log.contains("to nobody: false")) }  // S-19
    }

    @Test func `SUB-09 A preload's globals in a frame are not in its page's world`() throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("one.html", in: ipc)
      #expect(
        try page.execute("typeof electron + typeof heard + api.isMainFrame", in: 1)
          == "undefinedundefinedfalse")
      #expect(try page.execute("String(api.isMainFrame)", in: 0) == "true")
    }

    @Test func `By default no frame within a page has the preload`() throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("nested.html", in: ipc, inSubFrames: false)
      #expect(
        try page.preload(
          "[window, frames[0], frames[0].frames[0]].map(one => typeof one.electron)", as: [String].self)
          == ["object", "undefined", "undefined"])
      #expect(try page.execute("typeof api", in: 1) == "undefined")
      // The frame is still listed.
      #expect(try page.facts("url").map(file) == ["nested.html", "middle.html", "child.html"])
    }

    @Test func `A frame of another origin never has the preload`() throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("sandboxed.html", in: ipc)
      #expect(try page.execute("typeof api + typeof webkit", in: 1) == "undefinedundefined")
      #expect(try page.execute("typeof api + typeof webkit", in: 2) == "undefinedundefined")
      let ran: CloneArray = try ipc.invoke("preloads-ran")
      #expect(ran.elements.count == 1)
    }

    @Test
    func
      `IPC-53 IPC-58 IPC-62 S-02 A message passes the contents' event, its frame, the contents and ipcMain`()
      throws
    {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("nested.html", in: ipc)
      for level in ["all", "contents", "0", "2"] {
        _ = try ipc.invoke("listen-at", "\(page.id), '\(level)', 'ordered'", as: CloneValue.self)
      }
      func heard(sentBy sender: String) throws -> [String] {
        _ = try page.preload("\(sender).electron.ipcRenderer.send('ordered', 21)", as: CloneValue.self)
        _ = try page.preload("\(sender).electron.ipcRenderer.invoke('nothing')", as: CloneValue.self)
        return try ipc.invoke("heard")
      }
      #expect(try heard(sentBy: "window") == ["ipc-message", "0", "contents", "all"])
      #expect(try heard(sentBy: "frames[0]") == ["ipc-message", "contents", "all"])
      #expect(try heard(sentBy: "frames[0].frames[0]") == ["ipc-message", "2", "contents", "all"])
    }

    @Test func `S-04 A synchronous call passes all emitters, and the first that assigns answers it`() throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("one.html", in: ipc)
      for level in ["all", "contents", "0"] {
        _ = try ipc.invoke("listen-at", "\(page.id), '\(level)', 'ordered'", as: CloneValue.self)
      }
      #expect(try page.preload("electron.ipcRenderer.sendSync('ordered', 21)") == 42)
      #expect(try ipc.invoke("heard") == ["ipc-message-sync", "0", "contents", "all"])
    }

    @Test func `S-14 S-45 The contents speak to the main frame, whichever frame asked`() throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("one.html", in: ipc)
      let tokens: [String] = try page.facts("frameToken")
      let heard: [[String]] = try page.preload(
        """
        (async () => {
          for (const one of [window, frames[0]]) one.heard.length = 0
          frames[0].electron.ipcRenderer.send('ping-by-contents')
          await frames[0].electron.ipcRenderer.invoke('nothing')
          await electron.ipcRenderer.invoke('nothing')
          return [window.heard, frames[0].heard]
        })()
        """)
      #expect(heard == [[tokens[1]], []])
    }

    @Test func `S-45 An answer to a frame that is gone, or shows another document, does nothing`() throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("one.html", in: ipc)
      _ = try page.preload("frames[0].electron.ipcRenderer.send('remember-me')", as: CloneValue.self)
      _ = try page.preload("frames[0].electron.ipcRenderer.invoke('nothing')", as: CloneValue.self)
      _ = try page.preload("frames[0].location.href = 'child.html?next'; 1", as: CloneValue.self)
      try ipc.app.waitForLog("did-frame-finish-load child child.html?next")
      let log = ipc.app.log
      _ = try ipc.invoke("reply-to-remembered", "'pong'", as: CloneValue.self)
      _ = try page.preload("frames[0].electron.ipcRenderer.invoke('nothing')", as: CloneValue.self)
      #expect(try page.preload("[...heard, ...frames[0].heard]", as: [String].self) == [])
      #expect(!ipc.app.log.dropFirst(log.count).contains("WARNING"))
    }

    @Test func `S-17 A message that is sent as a page begins reaches its preload, once`() throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("one.html", in: ipc)
      // Each frame has a queue of its own, so messages sent before a frame's answer arrive with it.
      let heard: [[String]] = try page.preload(
        """
        (async () => {
          await frames[0].electron.ipcRenderer.invoke('nothing')
          await electron.ipcRenderer.invoke('nothing')
          return [navigated, frames[0].navigated]
        })()
        """)
      #expect(heard == [["one.html"], ["child.html"]])
    }

    @Test func `IPC-49 IPC-51 IPC-52 IPC-57 IPC-59 IPC-60 IPC-61 S-03 The nearest handler answers`() throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("one.html", in: ipc)
      func answer(to sender: String) throws -> String {
        try page.preload("\(sender).electron.ipcRenderer.invoke('nearest', 42)")
      }
      _ = try ipc.invoke("handle-at", "\(page.id), 'all', 'nearest'", as: CloneValue.self)
      #expect(try answer(to: "window") == "all 84")
      _ = try ipc.invoke("handle-at", "\(page.id), 'contents', 'nearest'", as: CloneValue.self)
      #expect(try answer(to: "window") == "contents 84")
      #expect(try answer(to: "frames[0]") == "contents 84")
      _ = try ipc.invoke("handle-at", "\(page.id), '0', 'nearest'", as: CloneValue.self)
      #expect(try answer(to: "window") == "0 84")
      #expect(try answer(to: "frames[0]") == "contents 84")
      _ = try ipc.invoke("handle-at", "\(page.id), '1', 'nearest'", as: CloneValue.self)
      #expect(try answer(to: "frames[0]") == "1 84")
    }

    @Test func `REN-12 S-12 A frame that was taken out of the page has nobody to speak for`() throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("one.html", in: ipc)
      let told: [String] = try page.preload(
        """
        (async () => {
          const { ipcRenderer, webFrame, contextBridge } = frames[0].electron
          frames[0].addEventListener('unload', () => ipcRenderer.send('leaving', 'removal'))
          document.querySelector('iframe').remove()
          const told = []
          for (const call of ['send', 'sendSync', 'invoke', 'send']) {
            try { await ipcRenderer[call]('leaving', 'a dead frame') }
            catch (error) { told.push(String(error)) }
            // The main process has heard of all before this.
            await electron.ipcRenderer.invoke('nothing')
          }
          // Nor is there a world any more to run a script in.
          await webFrame.executeJavaScript('1').catch(() => {})
          try { contextBridge.executeInMainWorld({ func: () => 1 }) } catch {}
          return told
        })()
        """)
      #expect(told == Array(repeating: "Error: IPC method called after context was released", count: 4))
      try ipc.app.waitForLog("leaving by removal: detached true")
      #expect(!ipc.app.log.contains("a dead frame"))
    }

    @Test func `IPC-63 WFM-27 WFM-28 S-13 Messages that a page sends as it unloads arrive`() throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("one.html", in: ipc)
      for window in ["window", "frames[0]"] {
        _ = try page.preload(
          "\(window).addEventListener('unload', () => \(window).electron.ipcRenderer.send('leaving', "
            + "'\(window)')); 1",
          as: CloneValue.self)
      }
      // The listeners of that frame receive it too.
      for (level, window) in [("0", "window"), ("1", "frames[0]")] {
        _ = try ipc.invoke("listen-at", "\(page.id), '\(level)', 'left'", as: CloneValue.self)
        _ = try page.preload(
          "\(window).addEventListener('unload', () => \(window).electron.ipcRenderer.send('left', 1)); 1",
          as: CloneValue.self)
      }
      let process: Int = try page.facts("processId", as: Int.self)[0]
      let server = try WebServerForTest(page: "<title>Elsewhere</title>")
      _ = try ipc.invoke("load-frames", "\(page.id), '\(server.origin)/'", as: CloneValue.self)
      for window in ["window", "frames[0]"] {
        try ipc.app.waitForLog("leaving by \(window): detached true in process \(process) at app:")
      }
      var heard: [String] = []
      _ = try eventually("both frames to be heard") {
        heard += try ipc.invoke("heard", as: [String].self)
        return heard.count == 2 ? true : nil
      }
      #expect(heard.sorted() == ["0", "1"])
      // That frame is not the one that shows another page now. It is destroyed with its document.
      _ = try eventually("the frame of the old document to be gone") {
        try ipc.invoke("kept-frame", as: CloneValue.self)["isDestroyed"].isEquivalent(to: true) ? true : nil
      }
      #expect(try ipc.invoke("kept-frame", as: CloneValue.self)["url"].isEquivalent(to: ""))
    }

    @Test func `S-06 Messages that any frame sent before its page closes itself arrive before it is closed`()
      throws
    {
      let ipc = try IpcApp.shared()
      for round in 0..<9 {
        let sender = ["frames[0].frames[0]", "frames[0]", "window"][round % 3]
        let page = try FramesPage("nested.html", in: ipc)
        _ = try eventually("the page of round \(round)") {
          let lines = ipc.app.log.split(separator: "\n")
          return lines.count { $0.hasPrefix("did-frame-finish-load main") } == round + 1 ? true : nil
        }
        // The app is blocked meanwhile, so it finds the messages and WebKit's close notice at the same time.
        // It may close before it has answered.
        _ = try? page.preload(
          """
          setTimeout(() => {
            electron.ipcRenderer.send('send-and-be-busy', 200)
            const { ipcRenderer } = \(sender).electron
            for (let number = 1; number < 900; number++) ipcRenderer.send('say', 'last words ' + number)
            ipcRenderer.send('say', 'the very last of \(page.id)')
            window.close()
          })
          1
          """, as: CloneValue.self)
        try ipc.app.waitForLog("closed frames \(page.id)\n")
        let lines = ipc.app.log.split(separator: "\n")
        let said = lines.firstIndex { $0 == "said the very last of \(page.id)" }
        let closed = lines.firstIndex { $0 == "closed frames \(page.id)" }
        #expect(said != nil && said! < closed!, "round \(round), \(sender)")
      }
    }

    @Test func `S-44 A frame's event knows it until it shows another document`() throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("one.html", in: ipc)
      _ = try page.preload("frames[0].electron.ipcRenderer.send('remember-me')", as: CloneValue.self)
      _ = try page.preload("frames[0].electron.ipcRenderer.invoke('nothing')", as: CloneValue.self)
      #expect(try file(ipc.invoke("remembered")) == "child.html")
      _ = try page.preload("frames[0].location.href = 'child.html?next'; 1", as: CloneValue.self)
      try ipc.app.waitForLog("did-frame-finish-load child child.html?next")
      #expect(try ipc.invoke("remembered", as: CloneValue.self).isUndefined)
    }
  }
}
