// Pages that end: while they wait, while messages are sent to them, and while the app keeps their messages.

import Glibc
import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct GoneTests {
    @Test(arguments: Transport.allCases)
    func `S-41 A listener's sendSync whose handler destroys the window crashes no process`(
      transport: Transport
    ) throws {
      let installed = try InstalledApp(library: "Hostile/window/crash-report.c")
      let environment = IpcApp.unforgiving.merging(["LD_PRELOAD": installed.library]) { $1 }
      let ipc = try IpcApp(at: installed.executable, "--stay", environment: environment, over: transport)
      let (window, process) = try ipc.openWindowWithProcess()
      try window.evaluate(
        "electron.ipcRenderer.on('foo', () => electron.ipcRenderer.sendSync('destroy-me')); 1", in: .preload)
      _ = try ipc.invoke("send-to", "\(window.id), 'foo'", as: CloneValue.self)
      try ipc.app.waitForLog("closed \(window.id)\n")
      _ = try eventually("its web process to end") { ipc.webProcesses.contains(process) ? nil : true }
      #expect(!ipc.app.log.contains("crashed by signal"), "\(ipc.app.log)")
      #expect(try ipc.invoke("add", "1, 2", as: Int.self) == 3)
      // A crash would have been reported.
      let (_, crashing) = try ipc.openWindowWithProcess()
      _ = try eventually("a crash to be reported") {
        // JavaScriptCore ignores the first SIGSEGV that is not of its own code.
        kill(crashing, SIGSEGV)
        return ipc.app.log.contains("crashed by signal \(SIGSEGV)") ? true : nil
      }
    }

    @Test(arguments: Transport.allCases)
    func `S-15 S-17 Messages to a page that has crashed are refused, and the next page hears none of them`(
      transport: Transport
    )
      throws
    {
      let ipc = try IpcApp.shared("--stay", over: transport)
      let (window, process) = try ipc.openWindowWithProcess()
      #expect(try ipc.invoke("send-to", "\(window.id), 'early', 'to the first'"))
      kill(process, SIGKILL)
      try ipc.app.waitForLog("the web process is gone")
      for _ in 0..<3 { #expect(try ipc.invoke("send-to", "\(window.id), 'early', 'to nobody'") == false) }
      try ipc.app.waitForLog(
        "Error sending from webFrameMain: Render frame was disposed before WebFrameMain could be accessed: "
          + "'early'"
      )
      #expect(try ipc.invoke("reload-frame", "\(window.id), 0"))
      try window.wait(for: "document.readyState", toBe: "complete", in: .preload)
      #expect(try window.evaluate("heard.length", in: .preload).isEquivalent(to: 0))
      #expect(try ipc.invoke("send-to", "\(window.id), 'early', 'to the next'"))
      try window.wait(for: "heard.join()", toBe: "to the next", in: .preload)
    }

    @Test(arguments: Transport.allCases)
    func `S-36 The handler of a page that has crashed runs to its end, and nobody minds`(transport: Transport)
      throws
    {
      let ipc = try IpcApp.shared("--stay", over: transport)
      let (window, process) = try ipc.openWindowWithProcess()
      _ = try window.evaluate("electron.ipcRenderer.invoke('wait-at-gate'); 1", in: .preload)
      _ = try window.evaluate("electron.ipcRenderer.invoke('nothing')", in: .preload)
      kill(process, SIGKILL)
      try ipc.app.waitForLog("the web process is gone")
      #expect(try ipc.invoke("finished", as: Int.self) == 0)
      let log = ipc.app.log
      _ = try ipc.invoke("open-gate", as: CloneValue.self)
      try ipc.window.wait(for: "electron.ipcRenderer.invoke('finished')", toBe: 1, in: .preload)
      #expect(!ipc.app.log.dropFirst(log.count).contains("WARNING"))
    }

    @Test(arguments: Transport.allCases)
    func `S-17 A message that a page has heard, or missed, is not sent again to the page that replaces it`(
      transport: Transport
    ) throws {
      let ipc = try IpcApp.shared(over: transport)
      let window = try ipc.openWindow()
      #expect(try ipc.invoke("send-to", "\(window.id), 'early', 1"))
      try window.wait(for: "heard.join()", toBe: "1", in: .preload)
      // The second comes in the page's last task, which waits for an answer.
      try window.evaluate(
        "setTimeout(() => { electron.ipcRenderer.sendSync('keep'); location.href = 'other.html' }); 1",
        in: .preload)
      try ipc.app.waitForLog("kept a message of \(window.id)")
      #expect(try ipc.invoke("send-to", "\(window.id), 'early', 2"))
      try ipc.window.evaluate("electron.ipcRenderer.send('answer-kept'); 1", in: .preload)
      try window.wait(for: "document.title", toBe: "Other page", in: .preload)
      #expect(try window.evaluate("heard.join()", in: .preload).isEquivalent(to: ""))
    }

    @Test(arguments: Transport.allCases)
    func `A script for a page that has crashed, or crashes meanwhile, fails at once`(transport: Transport)
      throws
    {
      let ipc = try IpcApp.shared("--stay", over: transport)
      let (window, process) = try ipc.openWindowWithProcess()
      try ipc.window.evaluate(
        """
        globalThis.never = electron.ipcRenderer.invoke('execute-in-frame', \(window.id), 0, \
          'new Promise(() => {})')
          .catch(error => error.message); 1
        """, in: .preload)
      #expect(try ipc.invoke("execute-in-frame", "\(window.id), 0, '6 * 7'", as: Int.self) == 42)
      kill(process, SIGKILL)
      #expect(try ipc.preload("never", as: String.self).hasSuffix("the page is gone"))
      #expect(
        try ipc.failure("electron.ipcRenderer.invoke('execute-in-frame', \(window.id), 0, '6 * 7')")?
          .hasSuffix(
            "the page is gone") == true)
    }

    @Test(arguments: ["invoke", "send", "sendSync"], Transport.allCases)
    func `S-36 S-41 Objects that an app has kept of a destroyed window's page do not keep the page`(
      call: String, transport: Transport
    )
      throws
    {
      let ipc = try IpcApp.shared("--stay", over: transport)
      let (window, process) = try ipc.openWindowWithProcess()
      let channel = call == "invoke" ? "keep-reply" : "keep"
      try window.evaluate(
        "setTimeout(() => { try { electron.ipcRenderer.\(call)('\(channel)', 'x') } catch {} }); 1",
        in: .preload)
      try ipc.app.waitForLog("kept a message of \(window.id)")
      _ = try ipc.invoke("destroy-window", "\(window.id)", as: CloneValue.self)
      _ = try eventually("its web process to end") { ipc.webProcesses.contains(process) ? nil : true }
      // The kept objects have no effect, and do no harm.
      #expect(
        try ipc.invoke("kept-contents", as: [String].self) == ["", "", "false", "true", "no frame", "false"])
      _ = try ipc.invoke("answer-kept-reply", "5", as: CloneValue.self)
      try ipc.window.evaluate("electron.ipcRenderer.send('answer-kept'); 1", in: .preload)
      #expect(try ipc.invoke("add", "1, 2", as: Int.self) == 3)
    }
  }
}
