// File dialogs: their options and their results.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct DialogTests {
    @Test func `A dialog has the title, the button and the kind that it was asked for`() throws {
      let ipc = try IpcApp.shared()
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
      let ipc = try IpcApp.shared()
      let folder = try FolderForTest()
      for name in ["one.png", "two.png", "notes.txt"] { try folder.write(name, "") }
      _ = try eventually("two files") {
        try ipc.window.evaluate(
          """
          globalThis.images = undefined
          electron.ipcRenderer.invoke('pick-images', '\(folder.path)').then(all => { \
            images = all.sort().join() }); 1
          """, in: .preload)
        try ipc.app.dialog(titled: "Pick images").chooseAll(with: "Open")
        try ipc.window.wait(for: "typeof images", toBe: "string", in: .preload)
        // "Select all" missed files that the dialog had not listed yet. A person would try again, too.
        let images: String = try ipc.preload("images")
        return images == "\(folder.path)/one.png,\(folder.path)/two.png" ? true : nil
      }
    }

    @Test func `A dialog belongs to its window, which waits for it`() throws {
      let ipc = try IpcApp.shared()
      let questions: [(String, String)] = [("pick-folder", "Pick a folder"), ("pick-images", "Pick images")]
      for (channel, title) in questions {
        try ipc.window.evaluate("electron.ipcRenderer.invoke('\(channel)'); 1", in: .preload)
        let dialog = try ipc.app.dialog(titled: title)
        #expect(try dialog.isModal())
        #expect(try dialog.parent() == ipc.window.id)
        try dialog.focus()
        try ipc.app.press("Escape")
        _ = try eventually("the dialog to go") { try dialog.isOpen() ? nil : true }
      }
    }

    @Test func `A dialog whose window is destroyed is cancelled`() throws {
      let ipc = try IpcApp.shared()
      try ipc.window.evaluate(
        "electron.ipcRenderer.invoke('ask-in-new-window').then(canceled => { "
          + "globalThis.canceled = canceled }); 1",
        in: .preload)
      let dialog = try ipc.app.dialog(titled: "A question")
      let parent = try #require(try dialog.parent())
      #expect(parent != ipc.window.id)
      _ = try ipc.invoke("destroy-window", "\(parent)", as: CloneValue.self)
      try ipc.window.wait(for: "globalThis.canceled === true", toBe: true, in: .preload)
      #expect(try !dialog.isOpen())
    }
  }
}
