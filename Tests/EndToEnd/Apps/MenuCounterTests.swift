// Pattern 3 (main to renderer), used as a person uses it.

import MartletTesting
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct MenuCounterTests {
    @Test func `The native menu counts in the page, and the page tells the main process`() throws {
      let app = try AppUnderTest("MenuCounter")
      let window = try app.window(titled: "Menu Counter")
      try window.waitUntilPainted()
      try window.chooseMenu("MenuCounter", "Increment")
      try window.wait(for: "counter.innerText", toBe: "1")
      try window.chooseMenu("MenuCounter", "Increment")
      try window.wait(for: "counter.innerText", toBe: "2")
      try window.chooseMenu("MenuCounter", "Decrement")
      try window.wait(for: "counter.innerText", toBe: "1")
      try app.waitForLog("1\n2\n1\n")
    }

    @Test func `A menu's accelerators work while the page has the focus`() throws {
      let app = try AppUnderTest("MenuCounter")
      let window = try app.window(titled: "Menu Counter")
      try window.click("#counter")
      try app.press("ctrl+Up")
      try window.wait(for: "counter.innerText", toBe: "1")
      try app.press("ctrl+Down")
      try window.wait(for: "counter.innerText", toBe: "0")
    }

    @Test func `Quit in the menu ends the app with status 0`() throws {
      let app = try AppUnderTest("MenuCounter")
      let window = try app.window(titled: "Menu Counter")
      try window.waitUntilPainted()
      try window.chooseMenu("MenuCounter", "Quit")
      #expect(try app.waitForExit() == 0)
    }
  }
}
