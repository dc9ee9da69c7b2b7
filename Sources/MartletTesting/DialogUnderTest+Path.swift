// A path that is put into a file dialog.

extension DialogUnderTest {
  /// Puts a path into a file dialog, as an input method would, confirms it, and returns when the dialog has gone.
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

  /// The one that is shown; GTK calls it so before 4.10.
  private func entry() throws -> AccessibleElement? {
    try app.accessible().first { $0.name == title }?.first {
      $0.role == "text box" || $0.name == "GtkFileChooserEntry"
    }
  }

  /// True once the path, and nothing else, is in the entry.
  ///
  /// GTK completes what is typed, in the background: a key that comes too soon after another goes to the wrong place
  /// (4.18). So the text comes in one piece, and again where something was added to it.
  private func put(_ path: String, into entry: AccessibleElement) throws -> Bool {
    try entry.setText(path)
    let isThere = try? eventually("the text", by: Deadline(seconds: 2)) { entry.text == path ? true : nil }
    return isThere == true
  }
}
