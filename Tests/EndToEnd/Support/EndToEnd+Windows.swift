// Support for tests with several windows and their web processes.

import MartletTesting
import MartletClone

extension IpcApp {
  /// Opens another window of the same kind, and waits for its page.
  func openWindow() throws -> WindowUnderTest { try page(of: invoke("open-window")) }

  /// Opens another window with a preload of its own, and waits for its page.
  func openWindow(preload: String) throws -> WindowUnderTest {
    try page(of: invoke("open-window-with-preload", "'\(preload)'"))
  }

  private func page(of id: Int) throws -> WindowUnderTest {
    try eventually("window \(id)") {
      try app.windows().first { $0.id == id && $0.title == "Test page" }
    }
  }

  /// Opens another window, and returns it with the id of its web process.
  func openWindowWithProcess() throws -> (WindowUnderTest, Int32) {
    let before = webProcesses
    let window = try openWindow()
    return (window, try eventually("its process") { webProcesses.first { !before.contains($0) } })
  }

  /// The web processes of this app.
  var webProcesses: [Int32] {
    app.processes().filter { $0.command.hasSuffix("WebKitWebProcess") }.map(\.pid)
  }

  /// An environment in which a use of freed memory crashes at once.
  static let unforgiving = ["G_SLICE": "always-malloc", "MALLOC_PERTURB_": "165"]
}
