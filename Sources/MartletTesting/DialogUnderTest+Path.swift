// A path that is put into a file dialog.

extension DialogUnderTest {
  /// Puts a path into a file dialog, confirms it, and returns when the dialog has gone.
  ///
  /// The entry that takes it comes up when a slash is typed, which a dialog that is just opening does not hear. So a
  /// slash goes first, and the path once the entry is there, again where GTK has completed it meanwhile.
  public func choose(path: String, by deadline: Deadline = .usual) throws {
    _ = try eventually("the file dialog to take '\(path)'", by: deadline) { () -> Bool? in
      try focus()
      guard let entry = try showEntry(), try put(path, into: entry) else { return nil }
      try app.press("Return")
      return try? eventually("the dialog to go", by: Deadline(seconds: 3)) { try isOpen() ? nil : true }
    }
  }

  private func showEntry() throws -> AccessibleElement? {
    if let entry = try entry() { return entry }
    try app.press("slash")
    return try? eventually("the entry", by: Deadline(seconds: 2)) { try entry() }
  }

  private func entry() throws -> AccessibleElement? {
    try app.accessible().first { $0.name == title }?.first {
      $0.role == "text box" || $0.name == Self.nameBefore410
    }
  }

  private static let nameBefore410 = "GtkFileChooserEntry"

  /// True once the path is in the entry.
  ///
  /// GTK before 4.10 takes the text up to the cursor for the path, so it is typed. Later ones complete what is typed in
  /// the background, and a key that comes too soon goes to the wrong place: there the text comes in one piece.
  private func put(_ path: String, into entry: AccessibleElement) throws -> Bool {
    if entry.name == Self.nameBefore410 {
      try app.press("ctrl+a")
      try app.type(path)
      return true
    }
    try entry.setText(path)
    let isThere = try? eventually("the text", by: Deadline(seconds: 2)) { entry.text == path ? true : nil }
    return isThere == true
  }
}
