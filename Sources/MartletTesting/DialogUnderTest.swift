// A dialog that the app has opened: a window of GTK's own, which only the desktop knows.

/// A dialog on the desktop.
public struct DialogUnderTest {
  let nativeID: String
  let app: AppUnderTest

  /// Gives the dialog the keyboard.
  public func focus() throws {
    try app.xdotool(["windowraise", nativeID, "windowfocus", nativeID])
  }

  /// Types text into the dialog.
  public func type(_ text: String) throws {
    try focus()
    try app.type(text)
  }
}

extension AppUnderTest {
  /// Waits for a dialog.
  public func dialog(titled title: String, by deadline: Deadline = .usual) throws -> DialogUnderTest {
    let found = try eventually("a dialog titled '\(title)'", by: deadline) {
      try self.output(of: ["xdotool", "search", "--onlyvisible", "--name", "^\(title)$"])
        .split(separator: "\n").first
    }
    return DialogUnderTest(nativeID: String(found), app: self)
  }

  /// What a tool prints.
  private func output(of arguments: [String]) throws -> String {
    let file = desktop.folder + "/tool.out"
    _ = try ChildProcess(arguments, environment: desktop.environment, output: file).wait(by: .usual)
    return readFile(file)
  }
}
