// MartletTesting itself, and the test connection into an app that it needs.

import Glibc
import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct TestingTests {
    @Test
    func `The test driver does not open for an environment variable, nor for a socket of someone else's`()
      throws
    {
      let run = try ToolRun(
        "/usr/bin/timeout", "--signal=KILL", "3", "/usr/bin/env", "MARTLET_TEST_DRIVER=1",
        AppUnderTest.path(of: "SetTitle"))
      #expect(run.output.contains("ignored MARTLET_TEST_DRIVER: it is not a socket of the parent process"))
      // This process created the socket, but the shell is the app's parent.
      let shell = try AppUnderTest(
        "/bin/sh", arguments: ["-c", "\"$0\"; true", AppUnderTest.path(of: "SetTitle")])
      try shell.waitForLog("ignored MARTLET_TEST_DRIVER: it is not a socket of the parent process")
      for process in shell.processes().reversed() { kill(process.pid, SIGKILL) }
    }

    @Test func `A display without a session bus gets one, and menus can be used there`() throws {
      let shared = try Desktop.shared()
      try withEnvironment([
        "DISPLAY": shared.environment["DISPLAY"], "DBUS_SESSION_BUS_ADDRESS": nil, "XDG_RUNTIME_DIR": nil,
      ]) {
        let desktop = try Desktop(isPrivate: false)
        #expect(desktop.environment["DBUS_SESSION_BUS_ADDRESS"] != nil)
        let app = try AppUnderTest("MenuCounter", on: desktop)
        let window = try app.window(titled: "Menu Counter")
        try window.waitUntilPainted()
        try window.chooseMenu("MenuCounter", "Increment")
        try window.wait(for: "counter.innerText", toBe: "1")
      }
    }

    @Test func `Each of two apps is found on the accessibility bus`() throws {
      let first = try AppUnderTest("MenuCounter")
      let counter = try first.window(titled: "Menu Counter")
      try counter.waitUntilPainted()
      let second = try AppUnderTest("SetTitle")
      let title = try second.window(titled: "Hello World!")
      try title.waitUntilPainted()
      try counter.chooseMenu("MenuCounter", "Increment")
      try counter.wait(for: "counter.innerText", toBe: "1")
      try title.chooseMenu("File", "Quit")
      #expect(try second.waitForExit() == 0)
    }

    @Test func `A private desktop that is let go of leaves no process behind`() throws {
      var folder = ""
      do {
        let desktop = try Desktop(isPrivate: true)
        folder = try #require(desktop.environment["XDG_CONFIG_HOME"])
        let app = try AppUnderTest("SetTitle", on: desktop)
        // The accessibility bus and its registry start with their first client.
        try app.window(titled: "Hello World!").chooseMenu("File", "Quit")
        #expect(try app.waitForExit() == 0)
        #expect(!Self.processes(with: folder).isEmpty)
      }
      _ = try eventually("the desktop's processes to end: \(Self.processes(with: folder))") {
        Self.processes(with: folder).isEmpty ? true : nil
      }
    }

    /// The commands of the processes whose environment contains `text`.
    private static func processes(with text: String) -> [String] {
      ((try? ToolRun("/bin/ls", "/proc"))?.output ?? "").split(separator: "\n").compactMap { pid in
        let environment = (try? FolderForTest.read("/proc/\(pid)/environ")) ?? ""
        guard Int32(pid) != nil, environment.contains(text) else { return nil }
        return (try? FolderForTest.read("/proc/\(pid)/cmdline"))?.replacing("\0", with: " ")
      }
    }

    @Test
    func `A click that ends the app is done when the app is gone`() throws {
      let ipc = try IpcApp()
      try ipc.window.evaluate(
        "document.querySelector('#text').addEventListener('click', () => { "
          + "electron.ipcRenderer.send('quit') }); 1",
        in: .preload)
      try ipc.window.click("#text", by: Deadline(seconds: 10))
      #expect(try ipc.app.waitForExit() == 0)
    }

    @Test func `A click that closes its window is done when the window is gone`() throws {
      let ipc = try IpcApp()
      let other = try ipc.openWindow()
      try other.evaluate(
        "document.querySelector('#text').addEventListener('click', () => { window.close() }); 1",
        in: .preload)
      try other.click("#text", by: Deadline(seconds: 10))
      #expect(try ipc.app.windows().map(\.id) == [ipc.window.id])
    }

    /// Runs `body` with changed environment variables of this process. No other test reads them, because
    /// these tests run one at a time.
    private func withEnvironment(_ variables: [String: String?], _ body: () throws -> Void) throws {
      let before = variables.keys.map { ($0, getenv($0).map { String(cString: $0) }) }
      defer { for (name, value) in before { set(name, value) } }
      for (name, value) in variables { set(name, value) }
      try body()
    }

    private func set(_ name: String, _ value: String?) {
      if let value { setenv(name, value, 1) } else { unsetenv(name) }
    }
  }
}
