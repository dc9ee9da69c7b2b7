// The menu bar, opened and clicked with the pointer.

internal import StructuredClone

extension WindowUnderTest {
  /// Opens the menu bar's entry `path[0]` and clicks through the rest of `path`, with the pointer.
  ///
  /// Where things are is asked of the accessibility bus, so what cannot be found there cannot be clicked.
  public func chooseMenu(_ path: String..., by deadline: Deadline = .usual) throws {
    let tree = try app.accessible()
    let top = try eventually("the menu '\(path[0])'", by: deadline) { tree.menuItem(path[0]) }
    let box = try top.frame()
    _ = try eventually("the menu '\(path[0])' to open", by: deadline) {
      try click(x: Double(box.x + box.width / 2), y: Double(box.y + box.height / 2))
      return try? eventually("the popover", by: Deadline(seconds: 2)) { try openMenu() }
    }
    for label in path.dropFirst() {
      let place = try eventually("the item '\(label)' to be in its place", by: deadline) {
        let frame = try top.menuItem(label)?.frame()
        return frame.flatMap { $0.width > 0 && $0.height > 0 ? $0 : nil }
      }
      guard let menu = try openMenu() else { throw TestingError("the menu has closed before '\(label)'") }
      // GTK counts from the menu's own corner, and then adds where the bar's entry is.
      let x = place.x - box.x + place.width / 2
      let y = place.y - box.y + place.height / 2
      try app.xdotool(["mousemove", "--window", menu, "\(x)", "\(y)", "click", "1"])
    }
  }

  private func openMenu() throws -> String? {
    try String?.decode(from: app.call("open-menu", ("window", .number(Double(id)))))
  }
}

extension AccessibleElement {
  func menuItem(_ label: String) -> AccessibleElement? {
    first { $0.role == "menu item" && $0.name == label }
  }
}
