// Menu bar items, opened and clicked with the pointer.

internal import MartletClone

extension WindowUnderTest {
  /// Opens the menu bar's entry `path[0]` and clicks through the rest of `path`, with the pointer. Returns
  /// when the menu has closed after the last click.
  ///
  /// Positions come from the accessibility bus, so an item without accessible name cannot be clicked.
  ///
  /// - Throws: `TestingError`, also for a disabled item; the menu then stays open.
  public func chooseMenu(_ path: String..., by deadline: Deadline = .usual) throws {
    let tree = try app.accessible()
    let top = try eventually("the menu '\(path[0])'", by: deadline) { tree.menuItem(path[0]) }
    // A menu bar that has just changed gets its layout in the next frame.
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
        try click(item, under: top)
        // A menu that is just opening can miss a click, so the click is repeated.
        return isLast ? try? eventually("the menu to close", by: Deadline(seconds: 2)) { isMenuClosed } : true
      }
    }
  }

  /// Moves the pointer onto the menu bar's entry, which stays closed.
  public func hoverMenu(_ label: String, by deadline: Deadline = .usual) throws {
    let entry = try eventually("the menu '\(label)'", by: deadline) { try app.accessible().menuItem(label) }
    let box = try place(of: entry, by: deadline)
    try hover(x: Double(box.x + box.width / 2), y: Double(box.y + box.height / 2))
  }

  /// Clicks an item of the menu below an entry of the bar.
  private func click(_ item: AccessibleElement, under entry: AccessibleElement) throws {
    // Of an entry that is new GTK reports another place, for a moment, than when its menu is open.
    let bar = try place(of: entry)
    let place = try place(of: item)
    guard let menu = try openMenu() else { throw TestingError("the menu has closed before '\(item.name)'") }
    // GTK reports positions relative to the menu, plus the position of the bar's entry.
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

  /// True when the menu is closed; nil when it is open or the app does not reply.
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
