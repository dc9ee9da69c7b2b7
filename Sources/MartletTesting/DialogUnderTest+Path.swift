// A path that is put into a file dialog.

extension DialogUnderTest {
  /// Puts a path into a file dialog, confirms it, and returns when the dialog has gone.
  ///
  /// The entry that takes it comes up when a slash is typed, which a dialog that is just opening does not
  /// hear. So a slash goes first, and the path once the entry is there, again where GTK has completed it
  /// meanwhile.
  public func choose(path: String, by deadline: Deadline = .usual) throws {
    _ = try eventually("the file dialog to take '\(path)'", by: deadline) { () -> Bool? in
      try focus()
      guard let entry = try showEntry(), try put(path, into: entry) else { return nil }
      try app.press("Return")
      return try? eventually("the dialog to go", by: Deadline(seconds: 3)) { try isOpen() ? nil : true }
    }
  }

  /// GTK's entry for a path.
  private enum PathEntry {
    /// Before 4.10. It takes the text up to the cursor for the path, so the path is typed.
    case typed
    /// Since 4.10. It completes in the background, and a key that comes too soon goes to the wrong place: the
    /// text comes in one piece.
    case set(AccessibleElement)
  }

  private func showEntry() throws -> PathEntry? {
    if try hasTypedEntry() { return .typed }
    try app.press("slash")
    return try? eventually("the entry", by: Deadline(seconds: 2)) {
      if try hasTypedEntry() { return .typed }
      let entry = try app.accessible().first { $0.name == title }?.first {
        $0.role == "text box" && $0.text?.hasPrefix("/") == true
      }
      return entry.map { .set($0) }
    }
  }

  private func hasTypedEntry() throws -> Bool {
    try app.accessible().first { $0.name == "GtkFileChooserEntry" } != nil
  }

  /// True once the path is in the entry.
  private func put(_ path: String, into entry: PathEntry) throws -> Bool {
    switch entry {
    case .typed:
      try app.press("ctrl+a")
      try app.type(path)
      return true
    case .set(let element):
      try element.setText(path)
      let isThere = try? eventually("the text", by: Deadline(seconds: 2)) {
        element.text == path ? true : nil
      }
      return isThere == true
    }
  }
}
