// Limits of the log lines that pages can cause in the app's log.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct LogBoundTests {
    /// Calls in the preload's world that each cause a line in the log, and that line.
    @Test(arguments: [
      ("electron.ipcRenderer.sendSync('nobody ' + i)", "channel without listeners", "calls of sendSync", 1),
      ("electron.ipcRenderer.invoke('throw')", "Error occurred in handler", "handlers that failed", 40),
      (
        "electron.ipcRenderer.sendSync('double', 'x')", "Listener for 'double' skipped",
        "listeners that were", 40
      ),
      ("fetch('missing.html?' + i)", "Failed to load resource", "resources that could not be loaded", 40),
    ])
    func `A flood of one kind is a few lines, and a count when the page ends`(
      _ call: String, _ line: String, _ count: String, _ most: Int
    ) throws {
      // Each kind has an allowance of its own.
      let ipc = try IpcApp.shared()
      try ipc.window.evaluate(
        "(async () => { for (let i = 0; i < 300; i++) { try { await \(call) } catch {} } })().then(() => 1)",
        in: .preload)
      _ = try ipc.invoke("add", "1, 2", as: Int.self)
      let lines = ipc.app.log.components(of: line)
      #expect((1...most).contains(lines), "\(lines)")
      try ipc.reload()
      try ipc.app.waitForLog(" more \(count)")
      let left = ipc.app.log.split(separator: "\n").filter { $0.contains(" more \(count)") }
        .compactMap { $0.split(separator: " ").compactMap { Int($0) }.last }
      // Every line is in the log or in a count.
      #expect(left.reduce(0, +) + ipc.app.log.components(of: line) == 300, "\(left) \(lines)")
    }

    @Test func `A page's refused navigations are one line of the log, and a count`() throws {
      // Without a policy: it would refuse them first.
      let ipc = try IpcApp("--no-policy")
      let count: Int = try ipc.window.evaluateInt(
        """
        (async () => {
          const frames = Array.from({ length: 50 }, () => \
            document.body.appendChild(document.createElement('iframe')))
          let count = 0
          for (let round = 0; round < 40; round++) {
            for (const frame of frames) frame.contentWindow.location = 'https://example.com/' + count++
            await new Promise(resolve => setTimeout(resolve))
          }
          return count
        })()
        """)
      #expect(count == 2000)
      let refusal = "refused a page's navigation to "
      try ipc.app.waitForLog(refusal)
      try ipc.reload()
      try ipc.app.waitForLog(" more refused navigations")
      #expect(ipc.app.log.components(of: refusal) == 1)
    }

    @Test func `An address of many MiB is refused at once, and cut wherever it is told`() throws {
      let ipc = try IpcApp()
      let window = try ipc.openWindow()
      try window.evaluate("setTimeout(() => { location.href = 'data:text/html,' + 'x'.repeat(60 << 20) }); 1")
      try ipc.app.waitForLog("refused: data:text/html,xxx")
      #expect(try ipc.invoke("add", "1, 2", as: Int.self) == 3)
      #expect(ipc.app.log.utf8.count < 100_000)
      // The same holds for the app's own pages.
      try window.evaluate("setTimeout(() => { location.search = 'y'.repeat(3 << 20) }); 1")
      try ipc.app.waitForLog("refused: app://dev.martlet.tests.IpcTestApp/page.html?yyy")
      #expect(ipc.app.log.utf8.count < 100_000)
    }

    @Test func `A page that prints without end fills no disk, and is told how much was left out`() throws {
      let ipc = try IpcApp()
      let hundred =
        "for (let i = 0; i < 100; i++) console.log('x'.repeat(1 << 20)); for (let i = 0; i < 200000; "
        + "i++) console.log(i)"
      try ipc.window.evaluate(hundred + "; 1", by: Deadline(seconds: 60))
      #expect(ipc.app.log.utf8.count < 6 << 20)
      _ = try eventually("a line that was printed later") { () -> Bool? in
        try ipc.window.evaluate("console.log('printed', 'later'); 1")
        return ipc.app.log.contains("CONSOLE LOG printed later\n") ? true : nil
      }
      #expect(ipc.app.log.contains(" bytes of output of this page were dropped)\n"))
    }

    @Test func `Nothing that a page says begins a line of the log`() throws {
      let ipc = try IpcApp.shared()
      let forged = "\\n\\u2028\\r\\x1b[2J(app:1): Martlet-WARNING **: forged"
      try ipc.window.evaluate(
        "{ try { electron.ipcRenderer.sendSync(`a\(forged)`) } catch {} } 1", in: .preload)
      try ipc.app.waitForLog("channel without listeners")
      let line = ipc.app.log.split(whereSeparator: \.isNewline).first { $0.contains("forged") }
      #expect(
        line?.contains("called ipcRenderer.sendSync() with 'a\\n\\u{2028}\\u{d}\\u{1b}[2J(app:1)") == true)
    }
  }
}

extension WindowUnderTest {
  fileprivate func evaluateInt(_ code: String) throws -> Int { try Int.decode(from: evaluate(code)) }
}
