// More than a socket holds: what was sent arrives, all of it, in order, whatever ends meanwhile.

import MartletTesting
import StructuredClone
import Testing

extension EndToEnd {
  @Suite struct BacklogTests {
    @Test
    func `S-06 S-42 What is pushed to a page that waits for an answer arrives after it, however much it is`()
      throws
    {
      let ipc = try IpcApp()
      let (window, process) = try ipc.openWindowWithProcess()
      try window.evaluate(
        """
        globalThis.numbers = []
        electron.ipcRenderer.on('pushed', (_, number) => numbers.push(number))
        setTimeout(() => {
          globalThis.answer = electron.ipcRenderer.sendSync('keep')
          globalThis.heardBefore = numbers.length
        })
        1
        """, in: .preload)
      try ipc.app.waitForLog("kept a message of \(window.id)")
      let descriptors = try ipc.descriptors(of: process)
      // Each is too long for a packet: it has memory, and a descriptor, of its own.
      #expect(try ipc.invoke("push-to", "\(window.id), 3000, 70000", as: Int.self) == 3000)
      #expect(try ipc.descriptors(of: process) < descriptors + 10)
      try ipc.window.evaluate("electron.ipcRenderer.send('answer-kept'); 1", in: .preload)
      try window.wait(for: "numbers.length", toBe: 3000, in: .preload)
      #expect(
        try window.evaluate("[answer, heardBefore, numbers.every((n, at) => n === at)].join()", in: .preload)
          .isEquivalent(to: "at last,0,true"))
      _ = try eventually("its descriptors to be closed") {
        try ipc.descriptors(of: process) < descriptors + 10 ? true : nil
      }
    }

    @Test
    func `S-43 A sendSync in an unload handler that nobody answers ends, and one that is answered returns`()
      throws
    {
      let ipc = try IpcApp()
      let page = try FramesPage("one.html", in: ipc)
      let told: [String] = try page.preload(
        """
        (() => {
          const { ipcRenderer } = frames[0].electron
          const told = []
          frames[0].addEventListener('unload', () => {
            told.push(String(ipcRenderer.sendSync('double', 21)))
            try { ipcRenderer.sendSync('keep') } catch (error) { told.push(String(error)) }
            told.push(String(ipcRenderer.sendSync('double', 4)))
          })
          document.querySelector('iframe').remove()
          return told
        })()
        """)
      #expect(told == ["42", "Error: reply was never sent", "8"])
    }
  }
}

extension IpcApp {
  /// How many descriptors a process has open.
  func descriptors(of process: Int32) throws -> Int {
    try ToolRun("/bin/ls", "/proc/\(process)/fd").output.split(separator: "\n").count
  }
}
