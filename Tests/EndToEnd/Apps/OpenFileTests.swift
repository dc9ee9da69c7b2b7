// Pattern 2 (renderer to main and back), used as a person uses it, with the real file dialog.

import MartletTesting
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct OpenFileTests {
    @Test func `A path typed into the file dialog comes back to the page`() throws {
      let app = try AppUnderTest("OpenFile")
      let window = try app.window(titled: "Dialog")
      try window.click("#btn")
      try app.dialog(titled: "Open File").choose(path: "/etc/hostname")
      try window.wait(for: "filePath.innerText", toBe: "/etc/hostname")
    }

    @Test func `A cancelled dialog answers too, and can be opened again`() throws {
      let app = try AppUnderTest("OpenFile")
      let window = try app.window(titled: "Dialog")
      for _ in 0..<2 {
        try window.evaluate("filePath.innerText = ''")
        try window.click("#btn")
        let dialog = try app.dialog(titled: "Open File")
        try dialog.focus()
        try app.press("Escape")
        try window.wait(for: "filePath.innerText", toBe: "none chosen")
      }
    }
  }
}
