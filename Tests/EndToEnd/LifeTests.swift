// How an app ends, its menu's states, its dialogs' options.

import MartletTesting
import StructuredClone
import Testing

extension EndToEnd {
  @Suite struct LifeTests {
    @Test func `quit asks before, closes the windows, and ends with status 0`() throws {
      let ipc = try IpcApp()
      _ = try ipc.invoke("refuse-to-quit", as: CloneValue.self)
      try ipc.window.evaluate("electron.ipcRenderer.send('quit'); 1", in: .preload)
      #expect(try ipc.invoke("add", "1, 2", as: Int.self) == 3)
      _ = try ipc.invoke("allow-to-quit", as: CloneValue.self)
      try ipc.window.evaluate("setTimeout(() => electron.ipcRenderer.send('quit')); 1", in: .preload)
      #expect(try ipc.app.waitForExit() == 0)
      let lines = ipc.app.log.split(separator: "\n").map(String.init)
      // The first is of the quit that was refused.
      #expect(
        Array(lines.drop { $0 != "before-quit" }.dropFirst()) == [
          "before-quit", "closed 1", "will-quit", "quit 0",
        ])
    }

    @Test func `exit ends at once with its status`() throws {
      let ipc = try IpcApp()
      // The app may be gone before it has answered.
      _ = try? ipc.window.evaluate("electron.ipcRenderer.send('exit', 7); 1", in: .preload)
      #expect(try ipc.app.waitForExit() == 7)
      #expect(!ipc.app.log.contains("before-quit"))
    }

    @Test func `Items are enabled, hidden and marked as the app says`() throws {
      let ipc = try IpcApp()
      try ipc.window.waitUntilPainted()
      _ = try ipc.invoke("set-menu", as: CloneValue.self)
      try ipc.window.chooseMenu("Things", "Enabled")
      try ipc.app.waitForLog("chose Enabled")
      try ipc.window.chooseMenu("Things", "Disabled")
      try ipc.app.press("Escape", "Escape")
      try ipc.window.chooseMenu("Things", "Marked")
      try ipc.app.waitForLog("Marked is true")
      #expect(!ipc.app.log.contains("chose Disabled"))
      #expect(try ipc.app.accessible().first { $0.name == "Hidden" } == nil)
      _ = try ipc.invoke("enable-item", as: CloneValue.self)
      try ipc.window.chooseMenu("Things", "Disabled")
      try ipc.app.waitForLog("chose Disabled")
      #expect(
        try ipc.invoke("bad-menu", as: String.self) == "'Item' has 'Ctrl+Nonsense', which is no accelerator")
    }

    @Test func `The menu bar holds each item once, however often the menu changes`() throws {
      let ipc = try IpcApp()
      try ipc.window.waitUntilPainted()
      _ = try ipc.invoke("set-menu", as: CloneValue.self)
      let closures = try ipc.app.closureCount()
      _ = try ipc.invoke("append-item", "'Another'", as: CloneValue.self)
      _ = try eventually("one closure more") { try ipc.app.closureCount() == closures + 1 ? true : nil }
      for _ in 0..<10 {
        _ = try ipc.invoke("enable-item", as: CloneValue.self)
        _ = try ipc.invoke("disable-item", as: CloneValue.self)
      }
      _ = try ipc.invoke("append-item", "'A third'", as: CloneValue.self)
      _ = try eventually("one more, and none of the changes in between") {
        try ipc.app.closureCount() == closures + 2 ? true : nil
      }
      try ipc.window.chooseMenu("Things", "A third")
      try ipc.app.waitForLog("chose A third")
    }

    @Test func `A dialog has the title, the button and the kind that it was asked for`() throws {
      let ipc = try IpcApp()
      try ipc.window.evaluate(
        "electron.ipcRenderer.invoke('pick-folder').then(paths => { globalThis.picked = paths.join() }); 1",
        in: .preload)
      let folders = try ipc.app.dialog(titled: "Pick a folder")
      _ = try eventually("the button 'Pick'") { try ipc.app.accessible().first { $0.name == "Pick" } }
      try folders.choose(path: "/usr/share")
      try ipc.window.wait(for: "globalThis.picked", toBe: "/usr/share", in: .preload)

      try ipc.window.evaluate(
        "electron.ipcRenderer.invoke('pick-images').then(paths => { globalThis.images = paths.length }); 1",
        in: .preload)
      let images = try ipc.app.dialog(titled: "Pick images")
      _ = try eventually("the filter 'Pictures'") { try ipc.app.accessible().first { $0.name == "Pictures" } }
      try images.focus()
      try ipc.app.press("Escape")
      try ipc.window.wait(for: "globalThis.images", toBe: 0, in: .preload)
    }

    @Test func `Several files are chosen in one dialog, among those that the filter shows`() throws {
      let ipc = try IpcApp()
      let folder = try FolderForTest()
      for name in ["one.png", "two.png", "notes.txt"] { try folder.write(name, "") }
      _ = try eventually("two files") {
        try ipc.window.evaluate(
          """
          globalThis.images = undefined
          electron.ipcRenderer.invoke('pick-images', '\(folder.path)').then(all => { images = all.sort().join() }); 1
          """, in: .preload)
        try ipc.app.dialog(titled: "Pick images").chooseAll(with: "Open")
        try ipc.window.wait(for: "typeof images", toBe: "string", in: .preload)
        // A list that had not been read when all of it was chosen: a person would try again, too.
        let images: String = try ipc.preload("images")
        return images == "\(folder.path)/one.png,\(folder.path)/two.png" ? true : nil
      }
    }

    @Test func `The test driver does not open for an environment variable alone`() throws {
      let run = try ToolRun(
        "/usr/bin/timeout", "--signal=KILL", "3", "/usr/bin/env", "MARTLET_TEST_DRIVER=1",
        AppUnderTest.path(of: "SetTitle"))
      #expect(run.output.contains("MARTLET_TEST_DRIVER names no socket of the parent process: ignored"))
    }
  }
}
