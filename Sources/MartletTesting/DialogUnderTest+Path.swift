// Entering a path in a file dialog.

extension DialogUnderTest {
  /// Enters a path in a file dialog, confirms it, and returns when the dialog has closed.
  ///
  /// Typing a slash opens the path entry, but a dialog that is just opening ignores keys. A slash is
  /// therefore typed first, then the path once the entry is open, and again if GTK has changed it by
  /// completion meanwhile.
  public func choose(path: String, by deadline: Deadline = .usual) throws {
    _ = try eventually("the file dialog to take '\(path)'", by: deadline) { () -> Bool? in
      try focus()
      guard let entry = try showEntry(), try put(path, into: entry) else { return nil }
      try app.press("Return")
      return try? eventually("the dialog to go", by: Deadline(seconds: 3)) { try isOpen() ? nil : true }
    }
  }

  /// GTK's path entry.
  private enum PathEntry {
    /// Before GTK 4.10. It uses only the text up to the cursor, so the path is typed.
    case typed
    /// Since GTK 4.10. It completes in the background, and a key pressed too soon goes to the wrong place.
    /// The text is therefore set in one piece.
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

  /// Enters the path. Returns true once the entry shows it.
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
