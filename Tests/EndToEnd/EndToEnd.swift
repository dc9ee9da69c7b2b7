// What the end-to-end tests share. Windows are on one display and under one pointer: one test at a time.

import MartletTesting
import StructuredClone
import Testing

@Suite(.serialized) enum EndToEnd {}

/// The app of Tests/Apps/IpcTestApp with its first window open.
struct IpcApp {
  let app: AppUnderTest
  let window: WindowUnderTest

  init(_ arguments: String...) throws {
    app = try AppUnderTest("ipc-test-app", arguments: arguments)
    window = try app.window(titled: "Test page")
  }

  /// The value of a script in the preload's world.
  func preload<T: CloneDecodable>(_ code: String, as type: T.Type = T.self) throws -> T {
    try T.decode(from: window.evaluate(code, in: .preload))
  }

  /// The value of `ipcRenderer.invoke(channel, …)`; the arguments are JavaScript.
  func invoke<T: CloneDecodable>(_ channel: String, _ arguments: String = "", as type: T.Type = T.self) throws -> T {
    try preload("electron.ipcRenderer.invoke('\(channel)'\(arguments.isEmpty ? "" : ", " + arguments))")
  }

  /// The text of the error that a script in the preload's world ends with; nil when it ends well.
  func failure(_ code: String) throws -> String? {
    try preload("(async () => { try { await \(code) } catch (error) { return String(error) } })()")
  }
}
