// Real key presses, sent by xdotool. Clicks are in WindowUnderTest.

extension AppUnderTest {
  /// Types text, key by key, into the focused window.
  public func type(_ text: String) throws {
    try xdotool(["type", "--delay", "15", "--", text])
  }

  /// Presses keys one after the other. A combination is written `ctrl+Up`.
  public func press(_ keys: String...) throws {
    try xdotool(["key", "--delay", "30", "--"] + keys)
  }

  func xdotool(_ arguments: [String]) throws {
    let status = try ChildProcess(["xdotool"] + arguments, environment: desktop.environment).wait(by: .usual)
    guard status == 0 else {
      throw TestingError("xdotool \(arguments.joined(separator: " ")) failed: \(status)")
    }
  }
}

extension AppUnderTest {
  /// Saves a PNG of the whole screen, including menus and dialogs.
  public func savePicture(to path: String) throws {
    let status = try ChildProcess(["import", "-window", "root", path], environment: desktop.environment)
      .wait(by: .usual)
    guard status == 0 else { throw TestingError("cannot write a picture of the screen: \(status)") }
  }
}
