// The menu bar: its items, its keys, and the keyboard focus.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct MenuTests {
    @Test func `Items are enabled, hidden and marked as the app says`() throws {
      let ipc = try IpcApp.shared()
      try ipc.window.waitUntilPainted()
      _ = try ipc.invoke("set-menu", as: CloneValue.self)
      try ipc.window.chooseMenu("Things", "Enabled")
      try ipc.app.waitForLog("chose Enabled")
      #expect(throws: TestingError.self) { try ipc.window.chooseMenu("Things", "Disabled") }
      let open = try ipc.app.accessible()
      #expect(open.first { $0.name == "Hidden" } == nil)
      #expect(open.first { $0.role == "separator" } != nil)
      #expect(try ["Marked", "One", "Other"].map { try ipc.isChecked($0) } == [false, true, false])
      // The shortcuts of the former menus are no longer shown.
      #expect(open.first { $0.name.contains("Ctrl+") } == nil, "\(open.outline())")
      try ipc.app.press("Escape", "Escape")
      try ipc.window.chooseMenu("Things", "Marked")
      try ipc.app.waitForLog("Marked is true")
      try ipc.window.chooseMenu("Things", "Other")
      try ipc.window.chooseMenu("Things")
      _ = try eventually("the marks") {
        try ["Marked", "One", "Other"].map { try ipc.isChecked($0) } == [true, false, true] ? true : nil
      }
      try ipc.app.press("Escape", "Escape")
      #expect(!ipc.app.log.contains("chose Disabled"))
      _ = try ipc.invoke("enable-item", as: CloneValue.self)
      try ipc.window.chooseMenu("Things", "Disabled")
      try ipc.app.waitForLog("chose Disabled")
    }

    @Test func `The menu bar holds each item once, however often the menu changes`() throws {
      let ipc = try IpcApp()
      try ipc.window.waitUntilPainted()
      _ = try ipc.invoke("set-menu", as: CloneValue.self)
      let closures = try settledClosureCount(of: ipc.app)
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

    @Test func `The menu changes while the pointer is on the bar`() throws {
      // Memory that is freed no longer holds its former content.
      let ipc = try IpcApp(environment: ["MALLOC_PERTURB_": "85", "G_SLICE": "always-malloc"])
      try ipc.window.waitUntilPainted()
      for _ in 0..<3 {
        _ = try ipc.invoke("set-menu", as: CloneValue.self)
        try ipc.window.hoverMenu("Things")
        try ipc.window.hoverMenu("Alone")
        _ = try ipc.invoke("enable-item", as: CloneValue.self)
        try ipc.window.hoverMenu("Things")
      }
      try ipc.window.chooseMenu("Things", "Enabled")
      try ipc.app.waitForLog("chose Enabled")
    }

    /// The number of closures once it has not changed for a while. The timers of a first load hold closures
    /// for a second, and no event tells of their end.
    private func settledClosureCount(of app: AppUnderTest) throws -> Int {
      var count = try app.closureCount()
      var since = ContinuousClock.now
      return try eventually("a number of closures that stays") {
        let now = try app.closureCount()
        if now != count { (count, since) = (now, .now) }
        return since.duration(to: .now) > .milliseconds(1500) ? count : nil
      }
    }

    @Test func `An item of the bar itself is found in a menu of its own`() throws {
      let ipc = try IpcApp.shared()
      try ipc.window.waitUntilPainted()
      _ = try ipc.invoke("set-menu", as: CloneValue.self)
      try ipc.window.chooseMenu("Alone", "Alone")
      try ipc.app.waitForLog("chose Alone")
      #expect(!ipc.app.log.contains("WARNING"), "\(ipc.app.log)")
    }

    @Test
    func `Undo and redo are the page's by their keys and by the menu, and an editor's that has its own`()
      throws
    {
      let ipc = try IpcApp.shared()
      try ipc.window.evaluate("document.body.innerHTML = '<input id=field>'; 1")
      try ipc.window.click("#field")
      try ipc.app.type("one")
      try ipc.window.wait(for: "field.value", toBe: "one")
      try ipc.app.press("ctrl+z")
      try ipc.window.wait(for: "field.value", toBe: "")
      try ipc.app.press("ctrl+shift+z")
      try ipc.window.wait(for: "field.value", toBe: "one")
      try ipc.window.chooseMenu("Edit", "Undo")
      try ipc.window.wait(for: "field.value", toBe: "")
      try ipc.window.chooseMenu("Edit", "Redo")
      try ipc.window.wait(for: "field.value", toBe: "one")

      try ipc.window.evaluate(
        "globalThis.undone = 0; addEventListener('keydown', event => { if (event.key === 'z') { "
          + "event.preventDefault(); undone++ } }); 1"
      )
      try ipc.app.press("ctrl+z")
      try ipc.window.wait(for: "undone", toBe: 1)
      #expect(try String.decode(from: ipc.window.evaluate("field.value")) == "one")
    }

    @Test func `The page has the keyboard again when a menu closes, however it closes`() throws {
      let ipc = try IpcApp()
      try ipc.window.waitUntilPainted()
      try ipc.window.evaluate(
        "globalThis.typed = ''; addEventListener('keydown', event => { typed += event.key }); 1")
      // The page has the focus from the start.
      try ipc.window.focus()
      try ipc.app.type("a")
      try ipc.window.wait(for: "typed", toBe: "a")
      try ipc.window.chooseMenu("Edit", "Select All")
      try ipc.app.type("b")
      try ipc.window.wait(for: "typed", toBe: "ab")
      try ipc.openMenu(by: "F10")
      try ipc.app.press("Escape")
      try ipc.typeWhenMenuIsClosed("c")
      try ipc.window.wait(for: "typed", toBe: "abc")
      // Moves from one menu to the next, and closes them by changing the bar.
      try ipc.openMenu(by: "F10")
      try ipc.app.press("Right", "Right")
      _ = try ipc.invoke("set-menu", as: CloneValue.self)
      try ipc.typeWhenMenuIsClosed("d")
      try ipc.window.wait(for: "typed", toBe: "abcd")
    }

    @Test func `A key that could be typed is a text field's first, and the menu's elsewhere`() throws {
      let ipc = try IpcApp.shared()
      _ = try ipc.invoke("set-shortcuts", "['X', 'F5']", as: CloneValue.self)
      try ipc.window.evaluate("document.body.innerHTML = '<input id=field><p id=text>text</p>'; 1")
      try ipc.window.click("#field")
      try ipc.app.press("x", "F5", "y")
      try ipc.window.wait(for: "field.value", toBe: "xy")
      try ipc.app.waitForLog("chose F5")
      #expect(!ipc.app.log.contains("chose X"))
      try ipc.window.click("#text")
      try ipc.app.press("x")
      try ipc.app.waitForLog("chose X")
    }

    @Test func `Zooming works with and without Shift`() throws {
      let ipc = try IpcApp.shared()
      try ipc.window.click("#text")
      let width: Int = try Int.decode(from: ipc.window.evaluate("innerWidth"))
      for (key, level) in [("ctrl+equal", 1), ("ctrl+plus", 2), ("ctrl+minus", 1), ("ctrl+0", 0)] {
        let factor = [1.0, 1.2.squareRoot(), 1.2][level]
        try ipc.app.press(key)
        try ipc.window.wait(for: "Math.abs(innerWidth - \(Double(width) / factor)) < 2", toBe: true)
      }
    }

    @Test func `AltGr is a modifier: on a keyboard where it makes another character, that is the key`() throws
    {
      // A private desktop, because the test changes the keyboard layout.
      let ipc = try IpcApp(on: Desktop(isPrivate: true))
      try ipc.window.click("#text")
      // The American layout has no character there, so AltGr becomes Alt.
      _ = try ipc.invoke("set-shortcuts", "['AltGr+Q']", as: CloneValue.self)
      try ipc.app.press("alt+q")
      try ipc.app.waitForLog("chose AltGr+Q")
      try ipc.setKeyboard("de")
      _ = try ipc.invoke("set-shortcuts", "['AltGr+E']", as: CloneValue.self)
      try ipc.app.press("EuroSign")
      try ipc.app.waitForLog("chose AltGr+E")
    }
  }
}

extension IpcApp {
  fileprivate func isChecked(_ item: String) throws -> Bool {
    let found = try app.accessible().first { $0.role == "menu item" && $0.name == item }
    return try #require(found).isChecked
  }

  /// Opens the menu bar's first menu, after the window has the focus.
  fileprivate func openMenu(by key: String) throws {
    try window.focus()
    _ = try eventually("a menu to open") {
      try app.press(key)
      return try? eventually("it", by: Deadline(seconds: 2)) { try window.hasOpenMenu() ? true : nil }
    }
  }

  fileprivate func typeWhenMenuIsClosed(_ text: String) throws {
    _ = try eventually("the menu to close") { try window.hasOpenMenu() ? nil : true }
    try app.type(text)
  }

  fileprivate func setKeyboard(_ layout: String) throws {
    let display = try #require(app.desktop.environment["DISPLAY"])
    let run = try ToolRun("/usr/bin/setxkbmap", "-display", display, layout)
    guard run.status == 0 else { throw TestingError("setxkbmap: \(run.output)") }
  }
}
