// A dialog that the app has opened: a window of GTK's own.

internal import MartletClone

/// A dialog on the desktop.
public struct DialogUnderTest {
  let title: String
  let nativeID: String
  let app: AppUnderTest

  /// Gives the dialog the keyboard.
  public func focus() throws {
    try app.xdotool(["windowraise", nativeID, "windowfocus", nativeID])
  }

  /// Whether the app shows it still.
  public func isOpen() throws -> Bool {
    try !description().isUndefined
  }

  /// Whether the app's other windows take no input while it is open.
  public func isModal() throws -> Bool {
    try Bool.decode(from: description()["isModal"])
  }

  /// The number of the window that it belongs to; nil when it belongs to none.
  public func parent() throws -> Int? {
    try Int?.decode(from: description()["parent"])
  }

  /// What the app says of it; `undefined` when there is no such dialog.
  private func description() throws -> CloneValue {
    guard case .array(let dialogs) = try app.call("dialogs") else { return .undefined }
    return try dialogs.elements.first { try String.decode(from: $0["title"]) == title } ?? .undefined
  }

}

extension DialogUnderTest {
  /// Selects everything in a file dialog's list, clicks the button that accepts, and returns when the dialog
  /// has gone.
  public func chooseAll(with button: String, by deadline: Deadline = .usual) throws {
    _ = try eventually("the file dialog to take all of its files", by: deadline) {
      try focus()
      try app.press("ctrl+a")
      try click(button)
      return try? eventually("the dialog to go", by: Deadline(seconds: 3)) { try isOpen() ? nil : true }
    }
  }

  /// Clicks the button with this label with the pointer.
  public func click(_ label: String, by deadline: Deadline = .usual) throws {
    let box = try eventually("the button '\(label)'", by: deadline) {
      try app.accessible().first {
        $0.role.hasSuffix("button") && $0.children.contains { $0.name == label }
      }?.extents()
    }
    try app.xdotool([
      "mousemove", "--window", nativeID, "\(box.x + box.width / 2)", "\(box.y + box.height / 2)", "click",
      "1",
    ])
  }
}

extension AppUnderTest {
  /// Waits for a dialog.
  public func dialog(titled title: String, by deadline: Deadline = .usual) throws -> DialogUnderTest {
    let found = try eventually("a dialog titled '\(title)'", by: deadline) {
      try self.dialogIDs(titled: title).first
    }
    return DialogUnderTest(title: title, nativeID: found, app: self)
  }

  func dialogIDs(titled title: String) throws -> [String] {
    try output(of: ["xdotool", "search", "--onlyvisible", "--name", "^\(title)$"])
      .split(separator: "\n").map(String.init)
  }

  /// What a tool prints.
  private func output(of arguments: [String]) throws -> String {
    let file = desktop.folder + "/tool.out"
    _ = try ChildProcess(arguments, environment: desktop.environment, output: file).wait(by: .usual)
    return readFile(file)
  }
}
