// Apps that the tests of a suite share. Each test begins with the first window alone, with a new document.

import MartletTesting
import MartletClone

/// The transport of a document's envelopes.
enum Transport: String, CaseIterable {
  case lane
  case scriptMessage = "script-message"

  /// The environment of an app that uses it.
  var environment: [String: String] { ["MARTLET_TRANSPORT": rawValue] }
}

/// The apps that run for a suite, by their arguments and environment. They end with the suite.
final class SharedApps: Sendable {
  @TaskLocal static var current: SharedApps?

  // The tests of a suite run one at a time.
  nonisolated(unsafe) private var apps: [String: IpcApp] = [:]
  nonisolated(unsafe) private var begun = 0
  nonisolated(unsafe) private var folder: PagesFolder?

  /// A copy of the pages, to which the tests of the suite add files.
  static func pages() throws -> PagesFolder {
    if let folder = try shared().folder { return folder }
    let folder = try PagesFolder()
    try shared().folder = folder
    return folder
  }

  fileprivate static func shared() throws -> SharedApps {
    guard let current else { throw TestingError("only a suite .ownDesktop shares apps") }
    return current
  }

  /// The app with these arguments, in its first state. It is started if there is none yet, or if it does not
  /// return to that state.
  fileprivate func app(_ arguments: [String], _ environment: [String: String]) throws -> IpcApp {
    let variables = environment.map { "\($0.key)=\($0.value)" }.sorted()
    let key = (arguments + variables).joined(separator: " ")
    if let used = apps.removeValue(forKey: key), used.app.isRunning {
      do {
        let ipc = try again(used)
        apps[key] = ipc
        return ipc
      } catch {
        print("An app is started anew: \(error)")
      }
    }
    let ipc = try IpcApp(of: AppUnderTest("ipc-test-app", arguments: arguments, environment: environment))
    apps[key] = ipc
    return ipc
  }

  private func again(_ used: IpcApp) throws -> IpcApp {
    begun += 1
    let begin = """
      window.name = ''
      localStorage.clear()
      sessionStorage.clear()
      // The page is left for it, so the script's own answer comes first.
      setTimeout(() => electron.ipcRenderer.send('begin-test', \(begun)))
      1
      """
    do {
      try used.window.evaluate(begin, in: .preload, by: Deadline(seconds: 5))
    } catch {
      // The page is of another origin, or has lost its bridge.
      try used.goHome()
      try used.window.evaluate(begin, in: .preload, by: Deadline(seconds: 5))
    }
    try used.app.beginLog(afterLine: "test \(begun) begins")
    return try IpcApp(of: used.app)
  }
}

extension IpcApp {
  /// The app that the suite's tests share, with its first window alone, whose document is new. The log begins
  /// with the test. Handlers that were removed, and counts of the process such as its descriptors, are not as
  /// at the start: a test that depends on these, or that ends the app, starts one of its own.
  static func shared(
    _ arguments: String..., environment: [String: String] = [:], over transport: Transport? = nil
  ) throws -> IpcApp {
    try SharedApps.shared().app(arguments, environment.merging(transport?.environment ?? [:]) { $1 })
  }

  /// Leads the first window to a page of the app, from a page without a bridge.
  fileprivate func goHome() throws {
    try window.evaluate("globalThis.isLeft = true; 1", in: .preload, by: Deadline(seconds: 5))
    try window.evaluate(
      "setTimeout(() => location.assign('app://dev.martlet.tests.IpcTestApp/page.html')); 1",
      by: Deadline(seconds: 5))
    try window.wait(
      for: "document.readyState === 'complete' && globalThis.isLeft === undefined && typeof electron",
      toBe: "object", in: .preload, by: Deadline(seconds: 5))
  }
}
