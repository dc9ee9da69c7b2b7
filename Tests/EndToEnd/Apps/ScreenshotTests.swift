// `./dev run NAME --screenshot FILE`: the picture, and its errors.

import Glibc
import MartletTesting
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct ScreenshotTests {
    private let folder: FolderForTest
    private var picture: String { folder.path + "/picture.png" }

    init() throws { folder = try FolderForTest() }

    /// Runs app-screenshot for an app with arguments.
    private func screenshot(
      within seconds: Int, paintWithin paintSeconds: Int = 60, _ executable: String, _ arguments: String...
    ) throws -> ToolRun {
      let limits = ["--within", String(seconds), "--paint-within", String(paintSeconds)]
      let words = limits + [AppUnderTest.path(of: executable), picture] + arguments
      return try ToolRun(
        "/bin/sh", "-c", "exec \"$0\" \(words.joined(separator: " "))",
        AppUnderTest.path(of: "app-screenshot"),
        by: Deadline(seconds: 90))
    }

    @Test func `A picture of an app's window is taken once its page has painted`() throws {
      let run = try screenshot(within: 60, "ipc-test-app")
      #expect(run.status == 0, "\(run.output)")
      let file = try #require(fopen(picture, "r"))
      defer { fclose(file) }
      var signature = [UInt8](repeating: 0, count: 8)
      #expect(fread(&signature, 1, 8, file) == 8)
      #expect(signature == [0x89] + Array("PNG\r\n\u{1A}\n".utf8))
    }

    @Test func `The page is in the picture, not the empty window that comes before it`() throws {
      let run = try screenshot(within: 60, "Gallery")
      #expect(run.status == 0, "\(run.output)")
      var status = stat()
      #expect(stat(picture, &status) == 0)
      // Without the page the file has 8 KB, with it 120 KB.
      #expect(status.st_size > 50_000)
    }

    @Test func `An app that ends before it shows a page gives no picture, and the reason`() throws {
      try expectNoPicture(screenshot(within: 60, "/bin/false"), because: "the app ended while")
    }

    @Test func `An app without a window gives no picture, and the reason`() throws {
      try expectNoPicture(
        screenshot(within: 2, "ipc-test-app", "--no-window"), because: "timed out waiting for a window")
    }

    @Test func `An app whose page never paints gives no picture, and the reason`() throws {
      try expectNoPicture(
        screenshot(within: 60, paintWithin: 1, "ipc-test-app", "busy.html"),
        because: "timed out waiting for the first paint")
    }

    @Test func `A picture that cannot be written is no reason to wait`() throws {
      let run = try ToolRun(
        AppUnderTest.path(of: "app-screenshot"), AppUnderTest.path(of: "ipc-test-app"),
        folder.path + "/nowhere/picture.png", by: Deadline(seconds: 30))
      #expect(run.status == 1)
      #expect(run.output.contains("No such file or directory"), "\(run.output)")
    }

    private func expectNoPicture(_ run: ToolRun, because reason: String) {
      #expect(run.status == 1)
      #expect(run.output.contains(reason), "\(run.output)")
      #expect(access(picture, F_OK) != 0)
    }
  }
}
