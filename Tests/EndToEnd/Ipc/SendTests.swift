// `ipcRenderer.send`, `sendSync` and messages to the renderer: S-06, S-17, S-21, S-24, S-38 to S-45.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct SendTests {
    @Test(arguments: Transport.allCases)
    func `IPC-10 IPC-11 S-06 send, sendSync and invoke arrive in the order of the calls`(transport: Transport)
      throws
    {
      let ipc = try IpcApp.shared(over: transport)
      try ipc.window.evaluate(
        """
        for (let number = 0; number < 1000; number++) {
          const dice = Math.random()
          if (dice < 0.2) electron.ipcRenderer.sendSync('number', number)
          else if (dice < 0.6) electron.ipcRenderer.send('number', number)
          else electron.ipcRenderer.invoke('number', number)
        }
        1
        """, in: .preload)
      #expect(try ipc.invoke("order", as: [Int].self) == Array(0..<1000))
    }

    @Test(arguments: Transport.allCases) func `S-06 A large message does not let a small one pass`(
      transport: Transport
    ) throws {
      let ipc = try IpcApp.shared(over: transport)
      let order: [Int] = try ipc.preload(
        """
        (async () => {
          electron.ipcRenderer.send('number', 1, 'x'.repeat(3000000))
          electron.ipcRenderer.send('number', 2)
          electron.ipcRenderer.sendSync('number', 3, 'x'.repeat(100000))
          electron.ipcRenderer.send('number', 4)
          return electron.ipcRenderer.invoke('order')
        })()
        """)
      #expect(order == [1, 2, 3, 4])
    }

    @Test(arguments: Transport.allCases)
    func
      `S-06 A task's many messages arrive in order, and what it sends while it is busy arrives while it is`(
        transport: Transport
      )
      throws
    {
      let ipc = try IpcApp.shared(over: transport)
      // Each try is busy for longer, so that a slow machine may have a late main process, too.
      let tries: [[Double]] = try ipc.preload(
        """
        (async () => {
          const tries = []
          for (const busy of [200, 800, 3200]) {
            await new Promise(resolve => setTimeout(resolve))
            for (let number = 0; number < 1000; number++) electron.ipcRenderer.send('number', number)
            for (const name of ['first', 'second', 'third']) electron.ipcRenderer.send('arrive', name)
            const end = Date.now() + busy
            while (Date.now() < end);
            const age = name => electron.ipcRenderer.sendSync('milliseconds-ago', name)
            const ages = ['first', 'third'].map(age)
            tries.push([busy, ...ages])
            if (ages.every(age => age > busy / 2)) break
          }
          return tries
        })()
        """)
      #expect(
        try ipc.invoke("order", as: [Int].self) == tries.indices.flatMap { _ in 0..<1000 })
      let last = try #require(tries.last)
      #expect(last.dropFirst().allSatisfy { $0 > last[0] / 2 && $0 < last[0] + 10_000 }, "\(tries)")
    }

    @Test(arguments: Transport.allCases)
    func `Messages that the main process sends while it is busy arrive meanwhile`(transport: Transport) throws
    {
      let ipc = try IpcApp.shared(over: transport)
      // Each try is busy for longer, so that a slow machine may have a late page, too.
      let tries: [[Double]] = try ipc.preload(
        """
        (async () => {
          const tries = []
          let times, resolve
          electron.ipcRenderer.on('busy', (event, number) => {
            times.push(Date.now())
            if (number === 4) resolve()
          })
          for (const busy of [200, 800, 3200]) {
            times = []
            await new Promise(done => {
              resolve = done
              electron.ipcRenderer.send('send-and-be-busy', busy)
            })
            tries.push([busy, ...times])
            if (times[3] - times[2] > busy / 2) break
          }
          return tries
        })()
        """)
      let last = try #require(tries.last)
      #expect(last.count == 5)
      #expect(last[4] - last[3] > last[0] / 2, "\(tries)")
    }

    @Test(arguments: Transport.allCases)
    func `S-06 Held envelopes stay in order with sendSync, large messages and ports`(
      transport: Transport
    )
      throws
    {
      let ipc = try IpcApp.shared(over: transport)
      try ipc.window.evaluate(
        """
        const { ipcRenderer } = electron
        for (let round = 0, number = 0; round < 50; round++) {
          for (let few = 0; few < 7; few++) ipcRenderer.send('number', number++)
          ipcRenderer.sendSync('number', number++)
          ipcRenderer.send('number', number++)
          ipcRenderer.send('number', number++, 'x'.repeat(70000))
          ipcRenderer.send('number', number++)
          ipcRenderer.postMessage('number', number++)
          ipcRenderer.invoke('number', number++)
        }
        1
        """, in: .preload)
      #expect(try ipc.invoke("order", as: [Int].self) == Array(0..<(50 * 13)))
    }

    @Test(arguments: Transport.allCases) func `An awaited reply goes on before the next message is heard`(
      transport: Transport
    ) throws {
      let ipc = try IpcApp.shared(over: transport)
      let orders: [String] = try ipc.preload(
        """
        (async () => {
          const orders = new Set()
          for (let round = 0; round < 50; round++) {
            const order = []
            await new Promise(resolve => {
              electron.ipcRenderer.once('echoed', () => { order.push('message'); setTimeout(resolve) })
              electron.ipcRenderer.invoke('add', 1, 2).then(() => order.push('reply'))
              electron.ipcRenderer.send('echo-send', 1)
            })
            orders.add(order.join(' '))
          }
          return [...orders]
        })()
        """)
      #expect(orders == ["reply message"])
    }

    @Test(arguments: Transport.allCases)
    func `S-38 MAIN-02 REN-08 sendSync returns the first value that any listener assigns`(
      transport: Transport
    ) throws {
      let ipc = try IpcApp.shared(over: transport)
      #expect(try ipc.preload("electron.ipcRenderer.sendSync('double', 21)") == 42)
      #expect(try ipc.preload("electron.ipcRenderer.sendSync('first-wins')") == "first")
      try ipc.app.waitForLog("first-wins returns first")
      #expect(try ipc.preload("electron.ipcRenderer.sendSync('null') === null"))
      #expect(try ipc.preload("electron.ipcRenderer.sendSync('echo-sync', 'the same')") == "the same")
    }

    @Test(arguments: Transport.allCases) func `S-39 A listener may answer later; the renderer waits`(
      transport: Transport
    ) throws {
      let ipc = try IpcApp.shared(over: transport)
      #expect(try ipc.preload("electron.ipcRenderer.sendSync('answer-later')") == "late")
    }

    @Test(arguments: Transport.allCases)
    func `S-40 Without a listener, or with one that lets go, sendSync throws`(transport: Transport) throws {
      let ipc = try IpcApp.shared(over: transport)
      for channel in ["nobody", "let-go"] {
        #expect(
          try ipc.failure("(() => electron.ipcRenderer.sendSync('\(channel)'))()")
            == "Error: reply was never sent")
      }
      try ipc.app.waitForLog("called ipcRenderer.sendSync() with 'nobody' channel without listeners.")
      #expect(!ipc.app.log.contains("'let-go' channel without listeners"))
    }

    @Test(arguments: Transport.allCases)
    func `sendSync says what was wrong with an argument that no listener takes`(transport: Transport) throws {
      let ipc = try IpcApp.shared(over: transport)
      #expect(
        try ipc.failure("(() => electron.ipcRenderer.sendSync('double', 'x'))()")
          == "Error: reply was never sent: Listener for 'double' skipped: argument 0: expected Int, "
          + "got string 'x'"
      )
      // A call that another listener answers is not an error.
      #expect(try ipc.preload("electron.ipcRenderer.sendSync('two-kinds', 'text')") == "text")
    }

    @Test(arguments: Transport.allCases)
    func `S-41 A window that is destroyed while its page waits leaves nothing stuck`(transport: Transport)
      throws
    {
      let ipc = try IpcApp("--stay", over: transport)
      let before = try ipc.app.webProcessCount()
      let second: Int = try ipc.invoke("open-window")
      let window = try eventually("the second window") {
        try ipc.app.windows().first { $0.id == second && $0.title == "Test page" }
      }
      try window.evaluate("setTimeout(() => electron.ipcRenderer.sendSync('destroy-me')); 1", in: .preload)
      try ipc.app.waitForLog("closed \(second)")
      #expect(try ipc.invoke("window-count", as: Int.self) == 1)
      _ = try eventually("its web process to end") { try ipc.app.webProcessCount() == before ? true : nil }
    }

    @Test(arguments: Transport.allCases) func `S-42 While one page waits, other windows go on`(
      transport: Transport
    ) throws {
      let ipc = try IpcApp.shared(over: transport)
      let second: Int = try ipc.invoke("open-window")
      let window = try eventually("the second window") {
        try ipc.app.windows().first { $0.id == second && $0.title == "Test page" }
      }
      try window.evaluate(
        "setTimeout(() => { globalThis.answer = electron.ipcRenderer.sendSync('keep') }); 1", in: .preload)
      try ipc.window.wait(for: "electron.ipcRenderer.invoke('keeps')", toBe: true, in: .preload)
      #expect(try ipc.invoke("add", "20, 22", as: Int.self) == 42)
      try ipc.window.evaluate("electron.ipcRenderer.send('answer-kept'); 1", in: .preload)
      try window.wait(for: "globalThis.answer", toBe: "at last", in: .preload)
    }

    @Test(arguments: Transport.allCases)
    func `S-42 A dialog that a listener opens can be used while the page that asked waits`(
      transport: Transport
    ) throws {
      let ipc = try IpcApp.shared(over: transport)
      try ipc.window.evaluate(
        "setTimeout(() => { globalThis.picked = electron.ipcRenderer.sendSync('pick-sync') }); 1",
        in: .preload)
      try ipc.app.dialog(titled: "Pick a folder").click("Pick")
      try ipc.window.wait(for: "String(globalThis.picked)", toBe: "/usr", in: .preload)
    }

    @Test(arguments: Transport.allCases)
    func `S-07 A message without a listener is not kept for a later one`(transport: Transport) throws {
      let ipc = try IpcApp(over: transport)
      let heard: Int = try ipc.preload(
        """
        (async () => {
          electron.ipcRenderer.send('late', 'before')
          electron.ipcRenderer.postMessage('late', 'before')
          try { electron.ipcRenderer.sendSync('late', 'before') } catch {}
          await electron.ipcRenderer.invoke('listen-late')
          electron.ipcRenderer.send('late', 'after')
          await electron.ipcRenderer.invoke('nothing')
          return electron.ipcRenderer.invoke('heard-late').then(texts => texts.length === 1 \
            && texts[0] === 'after' ? 1 : 0)
        })()
        """)
      #expect(heard == 1)
    }

    @Test(arguments: Transport.allCases)
    func `S-18 A listener gets the event and the arguments, in the preload's world only`(transport: Transport)
      throws
    {
      let ipc = try IpcApp.shared(over: transport)
      try ipc.window.evaluate(
        """
        globalThis.told = []
        for (const type of ['message', 'echoed', 'many']) addEventListener(type, ({ type }) => \
          told.push(type))
        1
        """, in: .page)
      let event: [String] = try ipc.preload(
        """
        new Promise(resolve => {
          electron.ipcRenderer.once('many', (event, ...values) => {
            const { sender, ports } = event
            resolve([Object.keys(event).sort().join(), String(sender === electron.ipcRenderer), \
              JSON.stringify(ports), JSON.stringify(values)])
          })
          electron.ipcRenderer.send('send-many')
        })
        """)
      #expect(event == ["ports,sender", "true", "[]", #"[1,"two",[3]]"#])
      #expect(
        try ipc.window.evaluate("told.join() + typeof globalThis.electron + typeof martletReceive", in: .page)
          .isEquivalent(to: "undefinedundefined"))
    }

    @Test(arguments: Transport.allCases) func `S-26 More than ten listeners on a channel are warned of once`(
      transport: Transport
    ) throws {
      let ipc = try IpcApp.shared(over: transport)
      func warnings() -> Int {
        ipc.app.log.split(separator: "\n").count {
          $0.contains("Possible EventEmitter memory leak detected. 11 ")
        }
      }
      _ = try ipc.invoke("listen-often", "'crowded', 10", as: CloneValue.self)
      #expect(warnings() == 0)
      _ = try ipc.invoke("listen-often", "'crowded', 10", as: CloneValue.self)
      try ipc.app.waitForLog("Possible EventEmitter memory leak detected. 11 'crowded' listeners added")
      #expect(warnings() == 1)
      _ = try ipc.preload(
        "for (let i = 0; i < 20; i++) electron.ipcRenderer.on('busy-channel', () => {}); 1", as: Int.self)
      try ipc.app.waitForLog("Possible EventEmitter memory leak detected. 11 busy-channel listeners added")
      #expect(warnings() == 2)
    }
  }
}
