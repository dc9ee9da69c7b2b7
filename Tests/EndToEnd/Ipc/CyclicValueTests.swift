// Cyclic values cross in both directions, and the main process frees them when they are unused.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct CyclicValueTests {
    /// An app in whose preload `cyclic(name)` makes a value with cycles.
    private func start(over transport: Transport) throws -> IpcApp {
      let ipc = try IpcApp.shared(over: transport)
      try ipc.window.evaluate(
        """
        globalThis.cyclic = name => {
          const value = { name, list: [], bytes: new Uint8Array(100000) }
          value.list.push({ name: 'inner', self: value, list: value.list })
          return Object.assign(value, { self: value })
        }; 1
        """, in: .preload)
      return ipc
    }

    private func residentMegabytes(of ipc: IpcApp) throws -> Int {
      let pages = try FolderForTest.read("/proc/\(ipc.app.processes()[0].pid)/statm").split(separator: " ")
      return Int(pages[1])! * 4096 / 1_000_000
    }

    private func expectNoneLeft(in ipc: IpcApp) throws {
      _ = try eventually("all values with cycles to be freed") {
        try ipc.app.cyclicValueCount() == 0 ? true : nil
      }
    }

    @Test(arguments: Transport.allCases)
    func `2.2 Arguments and results with cycles do not pile up in the main process, by any path`(
      transport: Transport
    )
      throws
    {
      let ipc = try start(over: transport)
      let batch = """
        (async () => {
          const good = back => back.self === back && back.list[0].list === back.list && back.name === 'x'
          for (let i = 0; i < 200; i++) {
            if (!good(await electron.ipcRenderer.invoke('echo', cyclic('x')))) return false
            if (!good(electron.ipcRenderer.sendSync('echo-sync', cyclic('x')))) return false
            const sent = new Promise(resolve => electron.ipcRenderer.once('echoed', (_event, back) => \
              resolve(back)))
            electron.ipcRenderer.send('echo-send', cyclic('x'))
            if (!good(await sent)) return false
            electron.ipcRenderer.send('nobody listens', cyclic('x'))
          }
          return true
        })()
        """
      #expect(try ipc.preload(batch))
      try expectNoneLeft(in: ipc)
      let before = try residentMegabytes(of: ipc)
      for _ in 0..<2 { #expect(try ipc.preload(batch)) }
      try expectNoneLeft(in: ipc)
      // 1,600 messages of 100 kB each.
      let after = try residentMegabytes(of: ipc)
      #expect(after - before < 80, "from \(before) MB to \(after) MB")
    }

    @Test(arguments: Transport.allCases)
    func `A handler that takes its time has its argument whole, and it is freed after that`(
      transport: Transport
    ) throws {
      let ipc = try start(over: transport)
      let names: [String] = try ipc.preload(
        "Promise.all(['a', 'b', 'c'].map(name => electron.ipcRenderer.invoke('name-later', cyclic(name))))")
      #expect(names == ["a", "b", "c"])
      try expectNoneLeft(in: ipc)
    }

    @Test(arguments: Transport.allCases) func `A value that a listener keeps stays whole until it lets go`(
      transport: Transport
    ) throws {
      let ipc = try start(over: transport)
      try ipc.window.evaluate("electron.ipcRenderer.send('hold', cyclic('kept')); 1", in: .preload)
      for _ in 0..<3 {
        _ = try ipc.invoke("echo", "cyclic('passing')", as: CloneValue.self)
        #expect(try ipc.invoke("held-name", as: String.self) == "inner")
      }
      #expect(try ipc.app.cyclicValueCount() > 0)
      _ = try ipc.invoke("let-go", as: CloneValue.self)
      try expectNoneLeft(in: ipc)
    }

    @Test(arguments: Transport.allCases)
    func `A result that a handler made in a circle, and the value of a script, are freed too`(
      transport: Transport
    ) throws {
      let ipc = try start(over: transport)
      #expect(
        try ipc.preload(
          "electron.ipcRenderer.invoke('make-cycle').then(made => made.self.self.name === 'made')"))
      #expect(
        try ipc.invoke("execute", "'(() => { const a = [1]; a.push(a); return a })()'", as: CloneValue.self)[
          0
        ]
        .description == "1")
      try expectNoneLeft(in: ipc)
    }
  }
}
