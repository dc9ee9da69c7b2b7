// The events of App, BrowserWindow and WebContents that no other test covers.

import Glibc
import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct EventTests {
    @Test(arguments: Transport.allCases)
    func `The app hears of each window and page before it loads, then that it is ready, once`(
      transport: Transport
    ) throws {
      let ipc = try IpcApp("--events", over: transport)
      try ipc.app.waitForLog("whenReady returned, isReady is true")
      _ = try ipc.invoke("open-window", as: CloneValue.self)
      #expect(
        ipc.told(["web-contents-created", "browser-window-created", "ready"]) == [
          "web-contents-created with url ''", "browser-window-created: in all, its contents' 1", "ready",
          "web-contents-created with url ''", "browser-window-created: in all, its contents' 2",
        ])
    }

    @Test(arguments: Transport.allCases)
    func `A page is parsed, then loaded; one that is not there fails, and the next one loads`(
      transport: Transport
    ) throws {
      let ipc = try IpcApp.shared("--events", over: transport)
      let window = try ipc.openWindow()
      let id = window.id
      try ipc.app.waitForLog("\(id) did-finish-load")
      #expect(ipc.told(["\(id) dom-ready", "\(id) did-f"]) == ["\(id) dom-ready", "\(id) did-finish-load"])
      try ipc.app.waitForLog("\(id) page-title-updated Test page")

      _ = try? window.evaluate("electron.ipcRenderer.send('load', 'nowhere.html'); 1", in: .preload)
      try ipc.app.waitForLog("\(id) did-fail-load ERR_FILE_NOT_FOUND (-6) loading '")
      #expect(ipc.told(["\(id) did-finish-load"]).count == 1)
      _ = try? window.evaluate("electron.ipcRenderer.send('load', 'other.html'); 1", in: .preload)
      _ = try eventually("the second page") { ipc.told(["\(id) did-finish-load"]).count == 2 ? true : nil }
      #expect(
        ipc.told(["\(id) dom-ready", "\(id) did-f"]).suffix(2) == [
          "\(id) dom-ready", "\(id) did-finish-load",
        ])
    }

    @Test(arguments: Transport.allCases)
    func `A window says when it is shown and hidden, and who has the keyboard`(transport: Transport) throws {
      let ipc = try IpcApp("--events", over: transport)
      try ipc.window.evaluate("electron.ipcRenderer.send('hide-and-show'); 1", in: .preload)
      _ = try eventually("the window to be shown again") { ipc.told(["1 show"]).count == 2 ? true : nil }
      #expect(
        ipc.told(["1 show", "1 hide"]) == [
          "1 show, visible true", "1 hide, visible false", "1 show, visible true",
        ])

      let id: Int = try ipc.invoke("open-window")
      let second = try eventually("the second window") { try ipc.app.windows().first { $0.id == id } }
      try second.waitUntilPainted()
      for (window, other) in [(ipc.window, second), (second, ipc.window), (ipc.window, second)] {
        let before = ipc.told(["\(window.id) focus"]).count
        _ = try eventually("window \(window.id) to have the keyboard") {
          try window.focus()
          return ipc.told(["\(window.id) focus"]).count > before ? true : nil
        }
        #expect(ipc.told(["\(window.id) focus", "\(window.id) blur"]).last == "\(window.id) focus true")
        _ = try eventually("window \(other.id) to have lost it") {
          ipc.told(["\(other.id) focus", "\(other.id) blur"]).last == "\(other.id) blur false" ? true : nil
        }
      }
    }

    @Test(arguments: Transport.allCases) func `A console message comes with its level, file and line`(
      transport: Transport
    ) throws {
      let ipc = try IpcApp.shared("--events", over: transport)
      try ipc.window.evaluate(
        """
        const script = document.createElement('script')
        script.src = 'printing.js'
        document.body.append(script)
        """)
      // This excludes WebKit's own line, which may come before.
      try ipc.app.waitForLog("1 console-message error 'an error' printing.js:4")
      #expect(
        ipc.told(["1 console-message"]).filter { $0.contains("printing.js") } == [
          "1 console-message log 'a line' printing.js:2",
          "1 console-message warning 'a warning' printing.js:3",
          "1 console-message error 'an error' printing.js:4",
        ])
    }

    @Test(arguments: Transport.allCases)
    func `Of what the page prints the app is told 16 KiB, and nothing stops it`(transport: Transport) throws {
      let ipc = try IpcApp("--events", over: transport)
      try ipc.window.evaluate("console.log('a' + 'ü'.repeat(1 << 20)); console.log('half \\ud800 a pair'); 1")
      let cut = "a" + String(repeating: "ü", count: 8191) + "…"
      let told = try eventually("both messages") { () -> [String]? in
        let texts = try ipc.invoke("console-texts", as: [String].self)
        return texts.count < 2 ? nil : texts
      }
      #expect(told == [cut, "half \u{FFFD} a pair"])
      // In the middle of the text only its bytes can be checked.
      let second = "ü".utf8.last!
      #expect(
        try eventually("the line's beginning") {
          (31 << 10...48 << 10).contains(ipc.app.log.utf8.count { $0 == second }) ? true : nil
        })
      // The message is read before the answer to a call.
      let memory = try ipc.app.peakMemory()
      try ipc.window.evaluate("console.log('y'.repeat(1 << 26)); 1", by: Deadline(seconds: 30))
      #expect(try ipc.invoke("add", "1, 2", as: Int.self) == 3)
      #expect(try ipc.app.peakMemory() < memory + 64 << 20)
    }

    @Test(arguments: Transport.allCases)
    func `Of what the page prints too fast the app is told how much it was`(transport: Transport) throws {
      let ipc = try IpcApp.shared("--events", over: transport)
      let window = try ipc.openWindow()
      try window.evaluate("for (let index = 0; index < 30000; index++) console.log(`line ${index}`); 1")
      try ipc.app.waitForLog(" more messages were dropped: too many in a second'")
      let told = ipc.told(["\(window.id) console-message log 'line "])
      let dropped = ipc.told(["\(window.id) console-message warning '"]).compactMap {
        Int($0.split(separator: "'")[1].split(separator: " ")[0])
      }
      #expect(told.count >= 1000)
      #expect(dropped == [30000 - told.count])
      #expect(told.last?.contains("'line \(told.count - 1)'") == true)
      #expect(ipc.app.log.split(separator: "\n").filter { $0.contains("CONSOLE LOG line ") }.count == 30000)
      // Messages still arrive afterwards.
      try window.evaluate("console.log('a last line'); 1")
      try ipc.app.waitForLog("\(window.id) console-message log 'a last line'")
    }

    @Test(arguments: Transport.allCases)
    func `MI-28 The inspector tells when it opens and closes, whoever does it`(transport: Transport) throws {
      let ipc = try IpcApp.shared("--events", over: transport)
      try ipc.window.waitUntilPainted()
      _ = try ipc.invoke("devtools", "true", as: CloneValue.self)
      try ipc.app.waitForLog("1 devtools-opened, true")
      _ = try ipc.invoke("devtools", "false", as: CloneValue.self)
      try ipc.app.waitForLog("1 devtools-closed, false")
      for count in 2...3 {
        try ipc.window.chooseMenu("View", "Toggle Developer Tools")
        _ = try eventually("the inspector") { ipc.told(["1 devtools"]).count == count + 1 ? true : nil }
      }
      #expect(
        ipc.told(["1 devtools"])
          == Array(repeating: ["1 devtools-opened, true", "1 devtools-closed, false"], count: 2).flatMap {
            $0
          })
    }

    @Test(arguments: Transport.allCases)
    func `The end of the web process is told, and so is the end of the contents, before the window's`(
      transport: Transport
    )
      throws
    {
      let ipc = try IpcApp.shared("--events", over: transport)
      let (window, process) = try ipc.openWindowWithProcess()
      kill(process, SIGKILL)
      try ipc.app.waitForLog("\(window.id) render-process-gone crashed")
      try window.close()
      try ipc.app.waitForLog("\(window.id) closed")
      #expect(
        ipc.told(["\(window.id) destroyed", "\(window.id) closed"]).first
          == "\(window.id) destroyed, isDestroyed is true")
    }
  }
}

extension IpcApp {
  /// The lines of the log that begin with one of these texts.
  fileprivate func told(_ beginnings: [String]) -> [String] {
    app.log.split(separator: "\n").map(String.init).filter { line in
      beginnings.contains { line.hasPrefix($0) }
    }
  }
}
