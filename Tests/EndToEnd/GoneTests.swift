// Pages that go: while they wait, while they are spoken to, while somebody keeps what they sent.

import MartletTesting
import StructuredClone
import Testing

extension EndToEnd {
  @Suite struct GoneTests {
    @Test func `S-41 A listener's sendSync whose handler destroys the window takes nothing with it`() throws {
      let ipc = try IpcApp("--stay", environment: IpcApp.unforgiving)
      let (window, process) = try ipc.openWindowWithProcess()
      try window.evaluate(
        "electron.ipcRenderer.on('foo', () => electron.ipcRenderer.sendSync('destroy-me')); 1", in: .preload)
      _ = try ipc.invoke("send-to", "\(window.id), 'foo'", as: CloneValue.self)
      try ipc.app.waitForLog("closed \(window.id)\n")
      _ = try eventually("its web process to end") { ipc.webProcesses.contains(process) ? nil : true }
      #expect(ipc.crashes(of: process) == [])
      #expect(try ipc.invoke("add", "1, 2", as: Int.self) == 3)
    }
  }
}
