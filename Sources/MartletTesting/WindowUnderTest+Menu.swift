// The menu bar, opened and clicked with the pointer.

internal import MartletClone

extension WindowUnderTest {
  /// Opens the menu bar's entry `path[0]` and clicks through the rest of `path`, with the pointer. It returns
  /// when the menu has closed over the last one.
  ///
  /// Where things are is asked of the accessibility bus, so what cannot be found there cannot be clicked.
  ///
  /// - Throws: `TestingError`, for an item that is disabled, too; the menu stays open then.
  public func chooseMenu(_ path: String..., by deadline: Deadline = .usual) throws {
    let tree = try app.accessible()
    let top = try eventually("the menu '\(path[0])'", by: deadline) { tree.menuItem(path[0]) }
    // A bar that has just changed is laid out a frame later.
    let box = try place(of: top, by: deadline)
    _ = try eventually("the menu '\(path[0])' to open", by: deadline) {
      try click(x: Double(box.x + box.width / 2), y: Double(box.y + box.height / 2))
      return try? eventually("the popover", by: Deadline(seconds: 2)) { try openMenu() }
    }
    for label in path.dropFirst() {
      let item = try eventually("the item '\(label)'", by: deadline) { top.menuItem(label) }
      guard item.isEnabled else { throw TestingError("the item '\(label)' is disabled") }
      let isLast = label == path.last
      _ = try eventually("a click on the item '\(label)'", by: deadline) {
        try click(item, under: box)
        // A click that a menu which is just opening has not heard is tried again, as a person would.
        return isLast ? try? eventually("the menu to close", by: Deadline(seconds: 2)) { isMenuClosed } : true
      }
    }
  }

  /// Clicks an item of the menu that hangs under `bar`.
  private func click(_ item: AccessibleElement, under bar: AccessibleElement.Extents) throws {
    let place = try place(of: item)
    guard let menu = try openMenu() else { throw TestingError("the menu has closed before '\(item.name)'") }
    // GTK counts from the menu's own corner, and then adds where the bar's entry is.
    let x = place.x - bar.x + place.width / 2
    let y = place.y - bar.y + place.height / 2
    try app.xdotool(["mousemove", "--window", menu, "\(x)", "\(y)", "click", "1"])
  }

  private func place(
    of item: AccessibleElement, by deadline: Deadline = .usual
  ) throws -> AccessibleElement.Extents {
    try eventually("the item '\(item.name)' to be in its place", by: deadline) {
      let extents = try item.extents()
      return extents.width > 0 && extents.height > 0 ? extents : nil
    }
  }

  /// True when it is; nil when it is open, or nobody says.
  private var isMenuClosed: Bool? {
    // The item may have ended the app, or closed the window.
    isGone || (try? openMenu()) == .some(nil) ? true : nil
  }

  /// Whether a menu is open in this window.
  public func hasOpenMenu() throws -> Bool { try openMenu() != nil }

  private func openMenu() throws -> String? {
    try String?.decode(from: app.call("open-menu", ("window", .number(Double(id)))))
  }
}

extension AccessibleElement {
  func menuItem(_ label: String) -> AccessibleElement? {
    first { $0.role == "menu item" && $0.name == label }
  }
}
