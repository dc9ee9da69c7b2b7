// One window of the app under test.

public import MartletClone

/// A snapshot of a window's state. Its page can be queried at any time. It corresponds to `Page` of
/// Playwright.
public struct WindowUnderTest {
  /// The window's id: `BrowserWindow.id` in the app.
  public let id: Int
  /// The text of the title bar.
  public let title: String
  /// The page's URL.
  public let url: String
  /// Whether the page was loading.
  public let isLoading: Bool
  /// Whether the window had the keyboard focus.
  public let isFocused: Bool
  /// Whether the window was shown.
  public let isVisible: Bool
  /// X11 window id, in the form that tools accept.
  public let nativeID: String
  let app: AppUnderTest

  init(_ value: CloneValue, of app: AppUnderTest) throws {
    self.app = app
    id = try Int.decode(from: value["id"])
    title = try String.decode(from: value["title"])
    url = try String.decode(from: value["url"])
    isLoading = try Bool.decode(from: value["isLoading"])
    isFocused = try Bool.decode(from: value["isFocused"])
    isVisible = try Bool.decode(from: value["isVisible"])
    nativeID = try String.decode(from: value["nativeID"])
  }

  private var number: CloneValue { .number(Double(id)) }

  /// The script world in which a script runs.
  public enum World: Sendable {
    case page, preload
  }

  /// Runs a script in the page and returns its value. Promises are awaited.
  @discardableResult
  public func evaluate(
    _ code: String, in world: World = .page, by deadline: Deadline = .usual
  ) throws -> CloneValue {
    try app.call(
      "evaluate", ("window", number), ("code", .string(CloneString(code))),
      ("world", world == .page ? .undefined : "preload"), by: deadline)
  }

  /// Waits until a script's value is `expected`.
  public func wait<T: CloneDecodable & Equatable>(
    for code: String, toBe expected: T, in world: World = .page, by deadline: Deadline = .usual
  ) throws {
    var last: CloneValue?
    do {
      _ = try eventually("'\(code)' to be \(expected)", by: deadline) {
        let value = try evaluate(code, in: world)
        last = value
        return try T.decode(from: value) == expected ? true : nil
      }
    } catch {
      throw TestingError(
        "\(error); it is \(last.map { "\($0)" } ?? "nothing")\n--- the app's log ---\n\(app.log)")
    }
  }

  /// Waits until the page has been painted for the first time.
  public func waitUntilPainted(by deadline: Deadline = .usual) throws {
    try app.driver.waitForEvent(
      "ready-to-show", window: id, "the first paint of window \(id)", by: deadline)
  }

  /// Saves a PNG of the window, without its popovers, once it has been drawn. Fails at once if the file
  /// cannot be written.
  public func savePicture(to path: String, by deadline: Deadline = .usual) throws {
    let saving = try eventually("a picture of window \(id)", by: deadline) { () -> Result<Void, any Error>? in
      do {
        let isSaved = try app.call("screenshot", ("window", number), ("path", .string(CloneString(path))))
        return try Bool.decode(from: isSaved) ? .success(()) : nil
      } catch {
        return .failure(error)
      }
    }
    try saving.get()
  }

  /// Closes the window as its close button would.
  public func close() throws {
    _ = try app.call("close", ("window", number))
  }

  /// Clicks with the pointer on the middle of the first element that matches `selector`. Returns when the
  /// page has received the click, or when the click has closed the window or ended the app. The click is
  /// repeated if a window that is just opening misses it.
  public func click(_ selector: String, by deadline: Deadline = .usual) throws {
    // The listener stays until the page has received one click. Repeating a late click could hit what the
    // first has opened.
    let number = UInt32.random(in: 1...UInt32.max)
    _ = try eventually("a click on \(selector)", by: deadline) {
      let isSeen = try Bool.decode(
        from: evaluate(
          """
          if (globalThis.martletClick?.number !== \(number)) {
            const click = globalThis.martletClick = { number: \(number), isSeen: false }
            addEventListener('click', () => { click.isSeen = true }, { capture: true, once: true })
          }
          martletClick.isSeen
          """, in: .preload))
      if isSeen { return true }
      try clickOnce(selector)
      return try? eventually("the page to see the click", by: Deadline(seconds: 2)) {
        // If the click has closed the window or the page, it was received.
        if isGone { return true }
        return try Bool.decode(from: evaluate("globalThis.martletClick?.isSeen ?? true", in: .preload))
          ? true : nil
      }
    }
  }

  /// Whether the window is closed or the app has ended. Asks again if the app does not reply, because it may
  /// be ending.
  var isGone: Bool {
    guard app.isRunning else { return true }
    guard let windows = try? app.windows() else { return false }
    return !windows.contains { $0.id == id }
  }

  private func clickOnce(_ selector: String) throws {
    try evaluate("document.querySelector(\(quoted(selector))).scrollIntoView({ block: 'nearest' })")
    let place = try evaluate(
      """
      (() => {
        const box = document.querySelector(\(quoted(selector))).getBoundingClientRect()
        return [box.x + box.width / 2, box.y + box.height / 2]
      })()
      """)
    let page = try app.call("page-origin", ("window", number))
    try click(
      x: try Double.decode(from: page[0]) + Double.decode(from: place[0]),
      y: try Double.decode(from: page[1]) + Double.decode(from: place[1]))
  }

  /// Clicks with the pointer at a position in the window.
  public func click(x: Double, y: Double) throws {
    try focus()
    try app.xdotool(["mousemove", "--window", nativeID, "\(Int(x))", "\(Int(y))", "click", "1"])
  }

  /// Moves the pointer to a position in the window.
  public func hover(x: Double, y: Double) throws {
    try app.xdotool(["mousemove", "--window", nativeID, "\(Int(x))", "\(Int(y))"])
  }

  /// Gives the window the keyboard focus, as a click on its title bar would.
  public func focus() throws {
    try app.xdotool(["windowraise", nativeID, "windowfocus", nativeID])
  }

  /// Resizes the window, in pixels, as dragging its edges would.
  public func resize(width: Int, height: Int) throws {
    try app.xdotool(["windowsize", nativeID, "\(width)", "\(height)"])
  }

  /// A string as a JavaScript literal.
  private func quoted(_ text: String) -> String {
    var literal = "'"
    for unit in text.utf16 {
      let hex = String(unit, radix: 16)
      literal += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
    }
    return literal + "'"
  }
}
