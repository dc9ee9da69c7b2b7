import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  /// A lane whose other end is a process that means harm.
  @Suite struct HostileRendererTests {
    @Test(arguments: [
      ("garbage", "it sent a header with unknown flags"), ("half", "it sent 4 bytes are no envelope"),
      ("length", "it sent a header that says 4294967280 bytes before 0"),
      ("unsealed", "it sent memory that is not sealed"), ("shrinking", "it sent memory that is not sealed"),
      ("unreadable", "it sent memory that is not sealed, cannot be read,"),
      ("unreadable-buffer", "it sent memory that is not sealed, cannot be read,"),
      ("descriptors", "it sent a header that says 0 ports before 129 descriptors"),
      ("flood", "many envelopes, then it went"), ("ports", "many envelopes, then it went"),
      ("values", "many envelopes, then it went"), ("sparse", "it sent memory that is not sealed"),
      ("bomb", "it sent a payload that cannot be decoded: More than 8388608 values"),
      ("answers", "many envelopes, then it does not read, and as much waits for it as may"),
      ("deaf", "many envelopes, then it does not read, and as much waits for it as may"),
    ])
    func `It is dropped for what it does, and no window notices`(_ attack: String, _ reason: String) throws {
      let ipc = try IpcApp()
      let window = try ipc.openWindow()
      try window.waitUntilPainted()
      let descriptors = try ipc.app.openDescriptors()
      try ipc.window.evaluate(
        "electron.ipcRenderer.invoke('hostile', '\(attack)').then(end => { globalThis.end = end }); 1",
        in: .preload)
      // Another window's calls, and what needs the loop to draw, go on all the while: the longest of each.
      let waits: [Double] = try [Double].decode(
        from: window.evaluate(
          """
          (async () => {
            let call = 0, frame = 0, isRunning = true
            for (let round = 0; isRunning || round < 20; round++) {
              const begin = performance.now()
              isRunning = await electron.ipcRenderer.invoke('hostile-is-running')
              const between = performance.now()
              await new Promise(requestAnimationFrame)
              call = Math.max(call, between - begin)
              frame = Math.max(frame, performance.now() - between)
            }
            return [call, frame]
          })()
          """, in: .preload, by: Deadline(seconds: 60)))
      #expect(waits.allSatisfy { $0 < 2000 }, "\(waits)")
      try ipc.window.wait(for: "typeof end", toBe: "string", in: .preload)
      let end: String = try ipc.preload("end")
      #expect(end.hasPrefix(reason), "\(end)")
      _ = try eventually("its descriptors to be closed") {
        try ipc.app.openDescriptors() <= descriptors ? true : nil
      }
    }

    @Test func `Two hundred navigations to another process leave no process and no descriptor behind`() throws
    {
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
      for _ in 0..<10 { try goThereAndBack() }
      let descriptors = try ipc.app.openDescriptors()
      let count = ipc.webProcesses.count
      for _ in 0..<90 { try goThereAndBack() }
      #expect(processes.count > 100)
      // WebKit keeps some processes for later; one for each of 180 pages would be far more.
      _ = try eventually("the \(ipc.app.openDescriptors()) descriptors to be about \(descriptors)") {
        try ipc.app.openDescriptors() <= descriptors + 10 ? true : nil
      }
      _ = try eventually("the \(ipc.webProcesses.count) processes to be about \(count)") {
        ipc.webProcesses.count <= count + 3 ? true : nil
      }
    }

    @Test func `Two hundred navigations leave no descriptor and no memory behind`() throws {
      let ipc = try IpcApp()
      for _ in 0..<20 { try ipc.reload() }
      let descriptors = try ipc.app.openDescriptors()
      let memory = try ipc.app.memory()
      for _ in 0..<180 { try ipc.reload() }
      #expect(try ipc.invoke("add", "20, 22", as: Int.self) == 42)
      _ = try eventually("the \(ipc.app.openDescriptors()) descriptors to be \(descriptors)") {
        try ipc.app.openDescriptors() <= descriptors ? true : nil
      }
      // What 180 pages would keep if each kept its lane's envelopes: far more than this.
      #expect(try ipc.app.memory() < memory + 16 << 20)
    }
  }
}

extension AppUnderTest {
  /// How many sockets and pieces of shared memory its main process has open. WebKit opens files of /proc and
  /// /sys when it likes.
  fileprivate func openDescriptors() throws -> Int {
    try ToolRun("/bin/ls", "-l", "/proc/\(main())/fd").output.split(separator: "\n").count {
      $0.contains(" socket:") || $0.contains("memfd")
    }
  }

  /// The resident memory of its main process, in bytes.
  fileprivate func memory() throws -> Int { try status("VmRSS") }

  /// The most that it ever was.
  func peakMemory() throws -> Int { try status("VmHWM") }

  private func status(_ name: String) throws -> Int {
    let output = try ToolRun("/bin/grep", name, "/proc/\(main())/status").output
    let kilobytes = output.split(separator: " ").compactMap { Int($0) }.first
    return try #require(kilobytes) << 10
  }

  private func main() throws -> Int32 { try #require(processes().first).pid }
}
