// Real key presses, by xdotool; clicks are in WindowUnderTest.

extension AppUnderTest {
  /// Types text, key by key.
  public func type(_ text: String) throws {
    try xdotool(["type", "--delay", "15", "--", text])
  }

  /// Presses keys one after the other; several at once are written `ctrl+Up`.
  public func press(_ keys: String...) throws {
    try xdotool(["key", "--delay", "30", "--"] + keys)
  }

  func xdotool(_ arguments: [String]) throws {
    let status = try ChildProcess(["xdotool"] + arguments, environment: desktop.environment).wait(by: .usual)
    guard status == 0 else { throw TestingError("xdotool \(arguments.joined(separator: " ")) failed: \(status)") }
  }
}

extension AppUnderTest {
  /// Writes a picture of the whole screen as a PNG, with menus and dialogs.
  public func savePicture(to path: String) throws {
    let status = try ChildProcess(["import", "-window", "root", path], environment: desktop.environment)
      .wait(by: .usual)
    guard status == 0 else { throw TestingError("cannot write a picture of the screen: \(status)") }
  }
}
