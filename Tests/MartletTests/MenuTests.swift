// Menus and shortcuts, as far as they need no window.

import Testing

@testable import Martlet

@Suite("A shortcut")
struct AcceleratorTests {
  @Test
  func `A shortcut is the same in each of its spellings`() throws {
    let one: Accelerator = "CmdOrCtrl+Shift+Z"
    #expect(one == "shift+control+z")
    #expect(try one == Accelerator(parsing: "Ctrl + Shift + Shift + z"))
    #expect(one != "CmdOrCtrl+Z")
    #expect(Set([one, "Shift+Ctrl+Z"]).count == 1)
    #expect("\(one)" == "CmdOrCtrl+Shift+Z")
    #expect(one.trigger == "<Control><Shift>z")
  }

  @Test(
    "that is none says which part is wrong",
    arguments: [
      ("Ctrl+Nonsense", "'Ctrl+Nonsense' is not an accelerator: 'nonsense' is neither a modifier nor a key"),
      ("Ctrl+Ü", "'Ctrl+Ü' is not an accelerator: 'ü' is neither a modifier nor a key"),
      ("Ctrl+Shift", "'Ctrl+Shift' is not an accelerator: it has no key, as CmdOrCtrl+Shift+Z has Z"),
      ("", "'' is not an accelerator: it has no key, as CmdOrCtrl+Shift+Z has Z"),
    ])
  func wrong(text: String, message: String) {
    let error = #expect(throws: AcceleratorError.self) { _ = try Accelerator(parsing: text) }
    #expect(error?.message == message)
    #expect(error?.code == .invalidAccelerator)
  }
}

@Suite("A menu")
struct MenuTests {
  @Test
  func `A menu finds its items by id, however deep, and nothing else`() {
    let menu = Menu([.submenu("One", [.submenu("Two", [.item("Three", id: "three") {}])]), .role(.fileMenu)])
    #expect(menu.menuItem(id: "three")?.label == "Three")
    #expect(menu.menuItem(id: "four") == nil)
    #expect(menu.items.map(\.kind) == [.submenu, .submenu])
    #expect(menu.items[1].submenu?.items.first?.role == .quit)
    #expect(menu.items[1].submenu?.items.first?.accelerator == "Ctrl+Q")
  }

  @Test
  func `A menu refuses an item at a position out of range`() throws {
    let menu = Menu([.separator])
    try menu.insert(.item("First") {}, at: 0)
    #expect(menu.items.map(\.label) == ["First", ""])
    for position in [-1, 3] {
      let error = #expect(throws: MenuError.self) { try menu.insert(.separator, at: position) }
      #expect(error?.code == .outOfRange)
    }
  }
}

@Suite("Extensible sets")
struct ExtensibleSetTests {
  @Test
  func `Extensible sets have Electron's names`() {
    #expect("\(MenuRole.toggleDevTools)" == "toggleDevTools")
    #expect("\(App.PathName.userData)" == "userData")
    #expect("\(MenuItem.Kind.checkbox)" == "checkbox")
    #expect("\(ConsoleMessage.Level.warning)" == "warning")
    #expect("\(WebContents.RenderProcessGone.Reason.oom)" == "oom")
    #expect(MenuRole.copy != .cut && MenuRole.copy == .copy)
  }
}
