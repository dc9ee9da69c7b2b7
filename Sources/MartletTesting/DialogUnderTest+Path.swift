// A path that is typed into a file dialog.

extension DialogUnderTest {
  /// Types a path into a file dialog, key by key, confirms it, and returns when the dialog has gone.
  ///
  /// The entry that takes it comes up when a slash is typed, which a dialog that is just opening does not hear. So a
  /// slash goes first, and the path once the entry is there; what still got lost is typed again, as a person would.
  public func choose(path: String, by deadline: Deadline = .usual) throws {
    _ = try eventually("the file dialog to take '\(path)'", by: deadline) { () -> Bool? in
      try focus()
      guard let entry = try showEntry(), try type(path, into: entry) else { return nil }
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
  /// (4.18). So each waits for the one before it, and what was completed is taken away at the end.
  private func type(_ path: String, into entry: AccessibleElement) throws -> Bool {
    try app.press("ctrl+a")
    var typed = ""
    for character in path {
      typed.append(character)
      try app.type(String(character))
      guard shows(entry, { $0.hasPrefix(typed) }) else { return false }
    }
    if entry.text != path { try app.press("Delete") }
    return shows(entry) { $0 == path }
  }

  private func shows(_ entry: AccessibleElement, _ fits: (String) -> Bool) -> Bool {
    let isShown = try? eventually("the text", by: Deadline(seconds: 2)) {
      entry.text.map(fits) == true ? true : nil
    }
    return isShown == true
  }
}
