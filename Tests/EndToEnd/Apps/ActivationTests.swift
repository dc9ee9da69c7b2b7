// Activation of an app by D-Bus. Tests/Install repeats it with an installed app.

import MartletTesting
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct ActivationTests {
    private static let id = "dev.martlet.tests.IpcTestApp"

    private func gdbus(_ arguments: String...) throws -> ToolRun {
      try ToolRun("/bin/sh", "-c", "exec gdbus \(arguments.joined(separator: " "))")
    }

    private func activate() throws {
      let run = try gdbus(
        "call --session --dest", Self.id, "--object-path /dev/martlet/tests/IpcTestApp",
        "--method org.freedesktop.Application.Activate '@a{sv} {}'")
      #expect(run.status == 0, "\(run.output)")
    }

    @Test func `A service shows nothing until it is activated, and is one app however often it is`() throws {
      let app = try AppUnderTest("ipc-test-app", arguments: ["--gapplication-service"])
      #expect(try gdbus("wait --session --timeout 20", Self.id).status == 0)
      #expect(app.log == "")
      try activate()
      _ = try app.window(titled: "Test page")
      #expect(!app.log.contains("activate"))
      try activate()
      try app.waitForLog("activated again")
      #expect(try app.windows().count == 1)
      try app.windows()[0].close()
      #expect(try app.waitForExit() == 0)
    }

    @Test func `An app that is started by hand owns no name, and is another process each time`() throws {
      let first = try AppUnderTest("ipc-test-app")
      _ = try first.window(titled: "Test page")
      let second = try AppUnderTest("ipc-test-app")
      _ = try second.window(titled: "Test page")
      #expect(first.isRunning)
      #expect(try gdbus("wait --session --timeout 1", Self.id).status != 0)
    }
  }
}
