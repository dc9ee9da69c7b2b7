// Listeners and their events, apart from the plain cases: MAIN-01 to MAIN-04, IPC-36, IPC-40, S-15.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct EmitterTests {
    @Test(arguments: Transport.allCases)
    func `MAIN-01 A window that its page's sendSync destroys while it loads takes nothing with it`(
      transport: Transport
    )
      throws
    {
      let ipc = try IpcApp("--stay", over: transport)
      let before = try ipc.app.webProcessCount()
      let id: Int = try ipc.invoke("open-window-with-preload", "'synchronous-preload.js'")
      try ipc.app.waitForLog("closed \(id)\n")
      _ = try eventually("its web process to end") { try ipc.app.webProcessCount() == before ? true : nil }
      #expect(try ipc.invoke("add", "1, 2", as: Int.self) == 3)
      #expect(!ipc.app.log.contains("the web process is gone"))
    }

    @Test(arguments: Transport.allCases) func `MAIN-03 REN-09 Before anybody listens no channel has a name`(
      transport: Transport
    ) throws {
      let ipc = try IpcApp(over: transport)
      try ipc.app.waitForLog("ipcMain begins with []")
      #expect(try ipc.preload("namesAtFirst", as: [String].self) == [])
      #expect(try ipc.preload("electron.ipcRenderer.eventNames()", as: [String].self) == ["early"])
    }

    @Test(arguments: Transport.allCases) func `MAIN-04 A listener's reply has what it was told`(
      transport: Transport
    ) throws {
      let ipc = try IpcApp.shared(over: transport)
      let heard: String = try ipc.preload(
        """
        new Promise(resolve => {
          electron.ipcRenderer.once('echoed', (event, value) => resolve(JSON.stringify(value)))
          electron.ipcRenderer.send('echo-send', { id: 1, list: ['a'] })
        })
        """)
      #expect(heard == #"{"id":1,"list":["a"]}"#)
    }

    @Test(arguments: Transport.allCases)
    func `REN-10 REN-11 S-22 The renderer's listeners of one channel go, or all`(transport: Transport) throws
    {
      let ipc = try IpcApp.shared(over: transport)
      let heard: [String] = try ipc.preload(
        """
        (async () => {
          const { ipcRenderer } = electron
          const heard = []
          ipcRenderer.removeAllListeners()
          for (const name of ['echoed', 'double']) ipcRenderer.on(name, () => heard.push(name))
          ipcRenderer.removeAllListeners('double')
          heard.push(String(ipcRenderer.eventNames()))
          ipcRenderer.send('echo-send', 1)
          await ipcRenderer.invoke('nothing')
          ipcRenderer.on('double', () => {})
          ipcRenderer.removeAllListeners()
          heard.push(String(ipcRenderer.eventNames()))
          ipcRenderer.send('echo-send', 2)
          await ipcRenderer.invoke('nothing')
          return heard
        })()
        """)
      #expect(heard == ["echoed", "echoed", ""])
    }

    @Test(arguments: ["contents", "main frame"], Transport.allCases)
    func `IPC-36 A message that is posted to the contents or to the main frame arrives as it was`(
      level: String, transport: Transport
    ) throws {
      let ipc = try IpcApp.shared(over: transport)
      let heard: [String] = try ipc.preload(
        """
        new Promise(resolve => {
          electron.ipcRenderer.on('foo', ({ ports }, ...values) => resolve([JSON.stringify(values), \
            String(ports.length)]))
          electron.ipcRenderer.invoke('post-to', '\(level)', { some: 'message', list: [1, { deep: true }] })
        })
        """)
      #expect(heard == [#"[{"some":"message","list":[1,{"deep":true}]}]"#, "0"])
    }

    @Test(arguments: Transport.allCases)
    func `IPC-40 IPC-44 IPC-45 S-15 A message that cannot be posted is refused, and nothing of it is sent`(
      transport: Transport
    )
      throws
    {
      let ipc = try IpcApp.shared(over: transport)
      try ipc.window.evaluate(
        "globalThis.came = []; electron.ipcRenderer.on('foo', (_, value) => came.push(value)); 1",
        in: .preload)
      let refusals: [String] = try ipc.invoke("post-refusals")
      #expect(
        refusals == [
          "An object could not be cloned. (a file handle)", "Port at index 1 is a duplicate.",
          "An object could not be cloned. (a file handle)", "Port at index 1 is a duplicate.",
          "none", "Port at index 0 is already neutered.", "Port at index 1 is already neutered.",
        ])
      #expect(try ipc.preload("came", as: [Int].self) == [2])
      #expect(try ipc.invoke("send-uncloneable", as: Bool.self) == false)
      try ipc.app.waitForLog("Error sending from webFrameMain: Failed to serialize arguments for 'foo'")
      #expect(try ipc.preload("came", as: [Int].self) == [2])
      let disposed = "Render frame was disposed before WebFrameMain could be accessed"
      #expect(
        try ipc.invoke("speak-to-the-gone", as: [String].self) == [
          "false", "false", "ERR_IPC_NO_RECEIVER: \(disposed)", "ERR_IPC_NO_RECEIVER: \(disposed)",
        ])
      #expect(
        ipc.app.log.split(separator: "\n").count {
          $0.contains("Error sending from webFrameMain: \(disposed): 'foo'")
        } == 2)
    }
  }
}
