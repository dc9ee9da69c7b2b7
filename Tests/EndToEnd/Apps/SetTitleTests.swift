// Pattern 1 (renderer to main), used as a person uses it.

import MartletTesting
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct SetTitleTests {
    @Test func `Typing a title and clicking Set changes the window's title`() throws {
      let app = try AppUnderTest("SetTitle")
      let window = try app.window(titled: "Hello World!")
      try window.click("#title")
      try app.type("Martlet")
      try window.click("#btn")
      _ = try app.window(titled: "Martlet")
      #expect(try app.quit() == 0)
    }
  }
}
