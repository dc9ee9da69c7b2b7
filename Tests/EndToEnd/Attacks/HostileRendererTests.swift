import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  /// A lane whose other end is a hostile process.
  @Suite(.serialized, .ownDesktop) struct HostileRendererTests {
    /// Each attack, and how its lane ends. The last ones continue until they are stopped.
    private static let attacks = [
      ("garbage", "invalid envelope: unknown header flags"),
      ("half", "invalid envelope: packet is shorter than a header: 4 bytes"),
      ("length", "invalid envelope: header announces 4294967280 bytes, packet has 0"),
      ("unsealed", "invalid envelope: memory is not sealed"),
      ("shrinking", "invalid envelope: memory is not sealed"),
      ("unreadable", "invalid envelope: memory is not sealed, not readable,"),
      ("unreadable-buffer", "invalid envelope: memory is not sealed, not readable,"),
      ("descriptors", "invalid envelope: header announces 0 ports, packet has 129 descriptors"),
      ("sparse", "invalid envelope: memory is not sealed"),
      ("bomb", "invalid envelope: payload cannot be decoded: More than 8388608 values"),
      ("answers", "many envelopes, then the queue is full: 256 MiB are pending"),
      ("deaf", "many envelopes, then the queue is full: 256 MiB are pending"),
      ("flood", "many envelopes, then it went"), ("ports", "many envelopes, then it went"),
      ("values", "many envelopes, then it went"),
    ]

    @Test func `Each attack ends its own lane, and other windows are served all the while`() throws {
      let ipc = try IpcApp()
      let window = try ipc.openWindow()
      try window.waitUntilPainted()
      let descriptors = try ipc.app.openDescriptors()
      for (attack, reason) in Self.attacks {
        try ipc.window.evaluate(
          """
          globalThis.end = undefined
          electron.ipcRenderer.invoke('hostile', '\(attack)').then(told => { globalThis.end = told })
          1
          """, in: .preload)
        let waits = try waits(of: window, isEndless: reason.hasSuffix("it went"))
        #expect(waits.allSatisfy { $0 < 2000 }, "\(attack): \(waits)")
        try ipc.window.wait(for: "typeof end", toBe: "string", in: .preload)
        let end: String = try ipc.preload("end")
        #expect(end.hasPrefix(reason), "\(attack): \(end)")
        _ = try eventually("the descriptors of '\(attack)' to be closed") {
          try ipc.app.openDescriptors() <= descriptors ? true : nil
        }
      }
    }

    /// The longest call and the longest wait for a drawn frame, in milliseconds. An endless attack is stopped
    /// after 30 rounds: a window that is not served does not complete them, and so exceeds the limit.
    private func waits(of window: WindowUnderTest, isEndless: Bool) throws -> [Double] {
      try [Double].decode(
        from: window.evaluate(
          """
          (async () => {
            let call = 0, frame = 0, isRunning = true
            for (let round = 0; isRunning || round < 10; round++) {
              const begin = performance.now()
              isRunning = await electron.ipcRenderer.invoke('hostile-is-running')
              const between = performance.now()
              await new Promise(requestAnimationFrame)
              call = Math.max(call, between - begin)
              frame = Math.max(frame, performance.now() - between)
              if (\(isEndless) && round === 30) await electron.ipcRenderer.invoke('hostile-stop')
            }
            return [call, frame]
          })()
          """, in: .preload, by: Deadline(seconds: 60)))
    }

    @Test func `Forty navigations to another process leave no process and no descriptor behind`() throws {
      let ipc = try IpcApp()
      let page = try FramesPage("one.html", in: ipc)
      let server = try WebServerForTest(page: "<title>Elsewhere</title>")
      var processes: Set<Int> = []
      func go(to url: String) throws {
        _ = try ipc.invoke("load-frames", "\(page.id), '\(url)'", as: CloneValue.self)
        _ = try eventually("\(url) in the main frame") {
          try page.facts("url", as: String.self).first == url ? true : nil
        }
        processes.insert(try page.facts("osProcessId", as: Int.self)[0])
      }
      func goThereAndBack() throws {
        try go(to: server.origin + "/")
        try go(to: "app://dev.martlet.tests.IpcTestApp/frames/one.html")
      }
      for _ in 0..<4 { try goThereAndBack() }
      let descriptors = try ipc.app.openDescriptors()
      let count = ipc.webProcesses.count
      for _ in 0..<16 { try goThereAndBack() }
      #expect(processes.count > 20)
      // WebKit caches some processes; one for each of 32 pages would be far more.
      _ = try eventually("the \(ipc.app.openDescriptors()) descriptors to be about \(descriptors)") {
        try ipc.app.openDescriptors() <= descriptors + 10 ? true : nil
      }
      _ = try eventually("the \(ipc.webProcesses.count) processes to be about \(count)") {
        ipc.webProcesses.count <= count + 3 ? true : nil
      }
    }

    @Test func `Two hundred navigations leave no descriptor and no memory behind`() throws {
      let ipc = try IpcApp()
      func reload(_ count: Int) throws {
        _ = try ipc.invoke("reload-repeatedly", "\(count)", as: CloneValue.self)
        try ipc.app.waitForLog("reloaded \(count) times")
      }
      try reload(20)
      let descriptors = try ipc.app.openDescriptors()
      let memory = try ipc.app.memory()
      try reload(180)
      #expect(try ipc.invoke("add", "20, 22", as: Int.self) == 42)
      _ = try eventually("the \(ipc.app.openDescriptors()) descriptors to be \(descriptors)") {
        try ipc.app.openDescriptors() <= descriptors ? true : nil
      }
      // 180 pages that each kept the envelopes of its lane would need far more.
      #expect(try ipc.app.memory() < memory + 16 << 20)
    }
  }
}

extension AppUnderTest {
  /// The number of sockets and shared memory files that its main process has open. WebKit opens files of
  /// /proc and /sys at any time, so these do not count.
  fileprivate func openDescriptors() throws -> Int {
    try ToolRun("/bin/ls", "-l", "/proc/\(main())/fd").output.split(separator: "\n").count {
      $0.contains(" socket:") || $0.contains("memfd")
    }
  }

  /// The resident memory of its main process, in bytes.
  fileprivate func memory() throws -> Int { try status("VmRSS") }

  /// The peak resident memory of its main process, in bytes.
  func peakMemory() throws -> Int { try status("VmHWM") }

  private func status(_ name: String) throws -> Int {
    let output = try ToolRun("/bin/grep", name, "/proc/\(main())/status").output
    let kilobytes = output.split(separator: " ").compactMap { Int($0) }.first
    return try #require(kilobytes) << 10
  }

  private func main() throws -> Int32 { try #require(processes().first).pid }
}
