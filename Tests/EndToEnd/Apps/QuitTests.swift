// How an app quits, and the events before that.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct QuitTests {
    @Test func `quit asks before, closes the windows, and ends with status 0`() throws {
      let ipc = try IpcApp()
      _ = try ipc.invoke("refuse-to-quit", as: CloneValue.self)
      ipc.say("quit")
      try ipc.app.waitForLog("before-quit\n")
      #expect(try ipc.invoke("add", "1, 2", as: Int.self) == 3)
      _ = try ipc.invoke("allow-to-quit", as: CloneValue.self)
      ipc.say("quit")
      #expect(try ipc.app.waitForExit() == 0)
      // No window-all-closed, because the app was quitting. The first before-quit belongs to the quit that
      // was refused.
      #expect(ipc.end() == ["before-quit", "before-quit", "closed 1", "will-quit", "quit 0"])
    }

    @Test func `An app on another's loop shows a page, and tells its exit status when it has quit`() throws {
      let ipc = try IpcApp("--own-loop")
      #expect(try ipc.invoke("add", "1, 2", as: Int.self) == 3)
      ipc.say("quit")
      #expect(try ipc.app.waitForExit() == 0)
      #expect(ipc.end() == ["before-quit", "closed 1", "will-quit", "quit 0"])
      #expect(ipc.app.log.contains("its own loop ended\n"))
      // A programming error throws there, and does not stop the app.
      #expect(ipc.app.log.contains("refused: Cannot create BrowserWindow before app is ready\n"))
      #expect(
        ipc.app.log.contains(
          "refused: App.run was called twice, this process already has the app dev.martlet.tests"))
    }

    @Test func `quit in a listener of before-quit changes nothing`() throws {
      let ipc = try IpcApp()
      ipc.say("quit-twice")
      #expect(try ipc.app.waitForExit() == 0)
      #expect(ipc.end() == ["before-quit", "closed 1", "will-quit", "quit 0"])
    }

    @Test func `A window that was never shown closes when it is told to, and keeps no app from quitting`()
      throws
    {
      let ipc = try IpcApp()
      let ids: [Int] = [try ipc.invoke("open-hidden-window"), try ipc.invoke("open-hidden-window")]
      let first = try #require(try ipc.app.windows().first { $0.id == ids[0] })
      try first.close()
      try ipc.app.waitForLog("closed \(ids[0])\n")
      ipc.say("quit")
      #expect(try ipc.app.waitForExit() == 0)
      #expect(ipc.app.log.contains("closed \(ids[1])\n"))
    }

    @Test func `A window that refuses calls the quit off, and the next one asks again`() throws {
      let ipc = try IpcApp()
      _ = try ipc.invoke("refuse-to-close", as: CloneValue.self)
      ipc.say("quit")
      try ipc.app.waitForLog("refused to close")
      _ = try ipc.invoke("allow-to-close", as: CloneValue.self)
      ipc.say("quit")
      #expect(try ipc.app.waitForExit() == 0)
      #expect(ipc.end() == ["before-quit", "before-quit", "closed 1", "will-quit", "quit 0"])
    }

    @Test func `A page that objects calls the quit off, and the next one asks again`() throws {
      let ipc = try IpcApp()
      try ipc.letPageObject()
      ipc.say("quit")
      try ipc.window.wait(for: "asked", toBe: 1)
      try ipc.window.evaluate("removeEventListener('beforeunload', stay); 1")
      ipc.say("quit")
      #expect(try ipc.app.waitForExit() == 0)
      #expect(ipc.end() == ["before-quit", "before-quit", "closed 1", "will-quit", "quit 0"])
    }

    @Test func `will-quit can still call the quit off, and the app goes on without a window`() throws {
      let ipc = try IpcApp()
      _ = try ipc.invoke("refuse-to-end-once", as: CloneValue.self)
      ipc.say("quit")
      try ipc.app.waitForLog("will-quit\n")
      #expect(try ipc.app.windows().isEmpty)
      try ipc.app.quit()
      #expect(
        ipc.end() == ["before-quit", "closed 1", "will-quit", "before-quit", "will-quit", "quit 0"])
    }

    @Test func `The last window's end is told, and an app that listens goes on`() throws {
      let ipc = try IpcApp("--stay")
      try ipc.window.close()
      try ipc.app.waitForLog("window-all-closed\n")
      #expect(try ipc.app.windows().isEmpty)
      try ipc.app.quit()
      #expect(ipc.end() == ["closed 1", "window-all-closed", "before-quit", "will-quit", "quit 0"])
    }

    @Test func `exit asks nobody: each window is closed, and then the app has ended with its status`() throws
    {
      let ipc = try IpcApp()
      _ = try ipc.invoke("refuse-to-close", as: CloneValue.self)
      _ = try ipc.invoke("open-hidden-window", as: Int.self)
      ipc.say("exit", "7")
      #expect(try ipc.app.waitForExit() == 7)
      #expect(ipc.end() == ["closed 1", "closed 2", "quit 7"])
    }

    @Test func `A window that closes with invokes pending ends them quietly, and the app goes on`() throws {
      let ipc = try IpcApp()
      let id: Int = try ipc.invoke("open-window")
      let other = try eventually("the other window") {
        try ipc.app.windows().first { $0.id == id && $0.title == "Test page" }
      }
      try other.evaluate(
        "for (let index = 0; index < 20; index++) electron.ipcRenderer.invoke('three-later', index); "
          + "electron.ipcRenderer.invoke('wait-at-gate'); 1",
        in: .preload)
      try other.close()
      try ipc.app.waitForLog("closed \(id)\n")
      _ = try ipc.invoke("open-gate", as: CloneValue.self)
      _ = try eventually("the handler to end") {
        try ipc.invoke("finished", as: Int.self) == 1 ? true : nil
      }
      #expect(try ipc.invoke("add", "1, 2", as: Int.self) == 3)
      try ipc.window.evaluate("electron.ipcRenderer.invoke('wait-at-gate'); 1", in: .preload)
      try ipc.window.close()
      #expect(try ipc.app.waitForExit() == 0)
    }

    @Test func `The app's name is what it was called last`() throws {
      let ipc = try IpcApp()
      for name in ["Another name", "A third"] {
        #expect(try ipc.invoke("rename", "'\(name)'", as: String.self) == name)
      }
      // GLib would log a warning.
      #expect(!ipc.app.log.contains("WARNING") && !ipc.app.log.contains("CRITICAL"), "\(ipc.app.log)")
    }
  }
}

extension IpcApp {
  /// Sends a message that may end the app before it has answered.
  fileprivate func say(_ channel: String, _ arguments: String = "undefined") {
    _ = try? window.evaluate("electron.ipcRenderer.send('\(channel)', \(arguments)); 1", in: .preload)
  }

  /// The log lines about the app's end.
  fileprivate func end() -> [String] {
    app.log.split(separator: "\n").map(String.init).filter { line in
      ["before-quit", "will-quit", "window-all-closed"].contains(line) || line.hasPrefix("closed ")
        || line.hasPrefix("quit ")
    }
  }
}
