// The names of menus and items for a screen reader.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct MenuNameTests {
    @Test func `Assistive technology has a name for every item of an open menu, marked ones too`() throws {
      let ipc = try IpcApp()
      try ipc.window.waitUntilPainted()
      _ = try ipc.invoke("set-menu", as: CloneValue.self)
      try ipc.window.chooseMenu("Things")
      var names: [String] = []
      _ = try ipc.app.accessible().first { element in
        if element.role.contains("menu item") { names.append(element.name) }
        return false
      }
      #expect(!names.contains(""), "\(names)")
      #expect(
        Set(["Things", "Enabled", "Disabled", "Marked", "One", "Other"]).isSubset(of: names), "\(names)")
    }
  }
}
