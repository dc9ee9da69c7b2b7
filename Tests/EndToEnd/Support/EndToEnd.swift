// Support shared by the end-to-end tests. A suite has a display and a pointer of its own, and runs one test
// at a time.

import MartletTesting
import MartletClone
import Testing

@Suite enum EndToEnd {}

/// The app of Tests/Apps/IpcTestApp with its first window open.
struct IpcApp {
  let app: AppUnderTest
  let window: WindowUnderTest

  /// Starts an app for one test. A test for which any app will do has a shared one: `IpcApp.shared`.
  init(
    at path: String = "ipc-test-app", _ arguments: String..., environment: [String: String] = [:],
    over transport: Transport? = nil, on desktop: Desktop? = nil
  ) throws {
    let environment = environment.merging(transport?.environment ?? [:]) { $1 }
    try self.init(of: AppUnderTest(path, arguments: arguments, environment: environment, on: desktop))
  }

  init(of app: AppUnderTest) throws {
    self.app = app
    window = try app.window(titled: "Test page")
  }

  /// The value of a script in the preload's world.
  func preload<T: CloneDecodable>(_ code: String, as type: T.Type = T.self) throws -> T {
    try T.decode(from: window.evaluate(code, in: .preload))
  }

  /// The value of `ipcRenderer.invoke(channel, …)`; the arguments are JavaScript.
  func invoke<T: CloneDecodable>(_ channel: String, _ arguments: String = "", as type: T.Type = T.self) throws
    -> T
  {
    try preload("electron.ipcRenderer.invoke('\(channel)'\(arguments.isEmpty ? "" : ", " + arguments))")
  }

  /// Reloads the page, and waits for the new one.
  func reload() throws {
    try window.evaluate("globalThis.left = true; setTimeout(() => location.reload()); 1", in: .preload)
    try window.wait(
      for: "document.readyState === 'complete' && globalThis.left === undefined", toBe: true, in: .preload)
  }

  /// Makes the page prevent being left, by a listener `stay`. `asked` counts the requests.
  func letPageObject() throws {
    try window.evaluate(
      """
      globalThis.asked = 0
      globalThis.stay = event => { event.preventDefault(); asked += 1 }
      addEventListener('beforeunload', stay)
      addEventListener('click', () => { globalThis.touched = true })
      1
      """)
    // WebKit calls such a listener only after a user gesture.
    try window.click("#text")
    try window.wait(for: "globalThis.touched", toBe: true)
  }

  /// The text of the error that a script throws in the preload's world. Nil if it throws none.
  func failure(_ code: String) throws -> String? {
    try preload("(async () => { try { await \(code) } catch (error) { return String(error) } })()")
  }
}

/// A text as a JavaScript literal.
func quoted(_ text: String) -> String {
  var literal = "\""
  for unit in text.utf16 {
    switch unit {
    case 0x22, 0x5C: literal += "\\" + String(UnicodeScalar(UInt8(unit)))
    case 0x20..<0x7F: literal.unicodeScalars.append(UnicodeScalar(UInt8(unit)))
    default:
      let hex = String(unit, radix: 16)
      literal += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
    }
  }
  return literal + "\""
}

/// The expression in one of the plain scripts in Tests/Hostile, without the text before it.
func expression(_ text: String) -> String {
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  return lines.drop { line in !["(", ";(", ";async ("].contains { line.hasPrefix($0) } }.joined(
    separator: "\n"
  ).trimmingPrefix(";")
    .description
}

/// The environment of an app whose pages use every interface of the engine. With a simpler renderer, as on a
/// private desktop, some of them end the app (WebKit 2.50).
let wholeEngine = ["WEBKIT_DISABLE_DMABUF_RENDERER": "0"]
