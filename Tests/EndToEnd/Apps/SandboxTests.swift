// An app's log if there is no sandbox. Each test starts the app in a mount namespace of its own, in which
// something is missing.

import Glibc
import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct SandboxTests {
    /// Starts the test app by a script that changes its view of the file system.
    private func start(after script: String, arguments: [String] = []) throws -> AppUnderTest {
      try AppUnderTest(
        "/usr/bin/unshare",
        arguments: [
          geteuid() == 0 ? "-m" : "-rm", "/bin/sh", "-ec", script, AppUnderTest.path(of: "ipc-test-app"),
        ]
          + arguments)
    }

    @Test func `Web processes are in a sandbox, of which nothing is said`() throws {
      let ipc = try IpcApp()
      #expect(try ipc.invoke("add", "20, 22", as: Int.self) == 42)
      #expect(!ipc.app.log.contains("sandbox"), "\(ipc.app.log)")
    }

    @Test func `Where WebKit does without a sandbox, the log and an event say so, once`() throws {
      // A root folder with all files of the real one, and the file by which WebKit detects a Flatpak.
      let app = try start(
        after: """
          root=$(mktemp -d)
          mount -t tmpfs none "$root"
          for entry in /*; do
            if [ -L "$entry" ]; then cp -P "$entry" "$root$entry"
            elif [ -d "$entry" ]; then mkdir "$root$entry"; mount --rbind "$entry" "$root$entry"
            fi
          done
          printf '[Application]\\nname=dev.martlet.tests.IpcTestApp\\n' >"$root/.flatpak-info"
          exec chroot "$root" "$0" "$@"
          """)
      let window = try app.window(titled: "Test page")
      try app.waitForLog("web processes run WITHOUT a sandbox")
      try app.waitForLog("sandbox missing for #1")
      // A second window's process does not emit it again.
      #expect(
        try Int.decode(from: window.evaluate("electron.ipcRenderer.invoke('open-window')", in: .preload)) == 2
      )
      _ = try eventually("two windows with their pages") {
        try app.windows().filter { $0.title == "Test page" }.count == 2 ? true : nil
      }
      #expect(app.log.components(of: "web processes run WITHOUT a sandbox") == 1)
      #expect(app.log.components(of: "sandbox missing") == 1)
    }

    @Test(arguments: [
      // The program cannot be run, or runs and fails.
      ("/usr/bin/bwrap", "/dev/null"), ("/usr/bin/bwrap", "/bin/false"),
      ("/usr/bin/xdg-dbus-proxy", "/bin/false"),
    ])
    func `An app that cannot have the sandbox ends with a sentence that says why`(
      _ tool: String, _ instead: String
    )
      throws
    {
      let app = try start(after: "mount --bind \(instead) \(tool); exec \"$0\" \"$@\"")
      #expect(try app.waitForExit() == 1)
      #expect(app.log.contains("cannot start a web process in WebKit's sandbox"), "\(app.log)")
      #expect(app.log.contains("(Debian: bubblewrap)"), "\(app.log)")
    }
  }
}
