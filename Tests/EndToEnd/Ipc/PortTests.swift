import Glibc
import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  /// Message ports: S-47 to S-53, IPC-12 to IPC-35, IPC-44 to IPC-48.
  @Suite(.serialized, .ownDesktop) struct PortTests {
    /// Two windows of the app connected by one channel. Each has its port in `globalThis.port`.
    struct Pair {
      let ipc: IpcApp
      let other: WindowUnderTest

      init() throws {
        ipc = try IpcApp.shared()
        other = try ipc.openWindow()
        for window in [ipc.window, other] {
          try window.evaluate(
            "electron.ipcRenderer.on('connected', ({ ports }, name) => Object.assign(globalThis, { "
              + "name, port: ports[0] })); 1",
            in: .preload)
        }
        _ = try ipc.invoke("connect", "\(ipc.window.id), \(other.id)", as: CloneValue.self)
        try ipc.window.wait(for: "name", toBe: "first", in: .preload)
        try other.wait(for: "name", toBe: "second", in: .preload)
      }
    }

    @Test func `IPC-12 IPC-13 S-46 A port arrives with its message, and none without`() throws {
      let ipc = try IpcApp.shared()
      try ipc.window.evaluate(
        """
        const { port1, port2 } = new MessageChannel()
        globalThis.port = port1
        electron.ipcRenderer.postMessage('port', 'hi', [port2])
        electron.ipcRenderer.postMessage('port', 'none')
        electron.ipcRenderer.postMessage('port', 'empty', [])
        electron.ipcRenderer.send('port', 'sent')
        """, in: .preload)
      let sender = "from app://dev.martlet.tests.IpcTestApp/page.html?window=\(ipc.window.id)"
      try ipc.app.waitForLog("port: 'hi' with 1, \(sender)")
      for text in ["none", "empty", "sent"] { try ipc.app.waitForLog("port: '\(text)' with 0, \(sender)") }
    }

    @Test func `S-52 S-53 A page's port is answered, with what was queued before it was sent`() throws {
      let ipc = try IpcApp.shared()
      let heard: [String] = try ipc.preload(
        """
        (async () => {
          const { port1, port2 } = new MessageChannel()
          const heard = []
          port1.postMessage('before')
          electron.ipcRenderer.postMessage('echo-port', null, [port2])
          port1.postMessage('after')
          await new Promise(resolve => {
            port1.onmessage = ({ data }) => { heard.push(data); if (heard.length === 2) resolve() }
          })
          return heard
        })()
        """)
      #expect(heard == ["before", "after"])
    }

    @Test func `IPC-15 A port of the main process's works in the preload`() throws {
      let ipc = try IpcApp.shared()
      try ipc.window.evaluate(
        """
        electron.ipcRenderer.on('double', ({ ports: [port] }) => {
          port.onmessage = ({ data }) => port.postMessage(typeof data === 'number' ? data * 2 : data)
        })
        1
        """, in: .preload)
      #expect(try ipc.invoke("ask-by-port", "21", as: Int.self) == 42)
    }

    @Test func `A port's event is a MessageEvent like any other`() throws {
      let ipc = try IpcApp.shared()
      try ipc.window.evaluate(
        """
        electron.ipcRenderer.on('double', ({ ports: [port] }) => {
          port.onmessageerror = 'no function'
          port.onmessage = event => {
            globalThis.heard = [
              event.type, String(event), event instanceof MessageEvent, event.constructor === MessageEvent,
              event.target === port, event.data, event.ports.length, event.origin, event.bubbles, \
                event.isTrusted,
              port.onmessageerror, Object.keys(port).length
            ].join()
            port.postMessage(event.data)
          }
        })
        1
        """, in: .preload)
      #expect(try ipc.invoke("ask-by-port", "21", as: Int.self) == 21)
      let heard = try String.decode(from: ipc.window.evaluate("heard", in: .preload))
      #expect(heard == "message,[object MessageEvent],true,true,true,21,0,,false,false,,0")
    }

    @Test(arguments: [("contents", "IPC-48"), ("0", "IPC-56"), ("all", "IPC-12")])
    func `IPC-48 IPC-56 A port arrives at the level that listens`(level: String, rule: String) throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("one.html", in: ipc)
      _ = try ipc.invoke("listen-for-ports-at", "\(page.id), '\(level)', 'a port'", as: CloneValue.self)
      _ = try page.preload(
        """
        electron.ipcRenderer.postMessage('a port', 'hi', [new MessageChannel().port2])
        electron.ipcRenderer.invoke('nothing')
        """, as: CloneValue.self)
      #expect(try ipc.invoke("heard") == ["\(level): hi with 1"])
    }

    @Test func `S-53 A port goes on to the page's world and works there`() throws {
      let ipc = try IpcApp.shared()
      try ipc.window.evaluate(
        """
        addEventListener('message', ({ data, ports: [port] }) => {
          if (data !== 'double') return
          port.addEventListener('message', ({ data }) => port.postMessage({ twice: data * 2 }.twice))
          port.addEventListener('close', () => { document.body.dataset.port = 'closed' })
          port.start()
        })
        1
        """, in: .page)
      try ipc.window.evaluate(
        "electron.ipcRenderer.on('double', ({ ports }) => postMessage('double', '*', ports)); 1", in: .preload
      )
      #expect(try ipc.invoke("ask-by-port", "21", as: Int.self) == 42)
      // IPC-18: the main process closes its end.
      _ = try ipc.invoke("send-port", "['1'], true", as: CloneValue.self)
      try ipc.window.wait(for: "document.body.dataset.port", toBe: "closed", in: .page)
    }

    @Test func `IPC-18 IPC-27 S-50 Messages from before a close arrive, and then the close`() throws {
      let ipc = try IpcApp.shared()
      let heard: [String] = try ipc.preload(
        """
        new Promise(resolve => {
          const heard = []
          electron.ipcRenderer.on('double', ({ ports: [port] }) => {
            port.onclose = () => resolve([...heard, 'closed'])
            port.onmessage = ({ data }) => heard.push(data)
          })
          electron.ipcRenderer.invoke('send-port', ['one', 'two', 'three'], true)
        })
        """)
      #expect(heard == ["one", "two", "three", "closed"])
    }

    @Test func `IPC-28 A port that comes over a port brings what was said to it`() throws {
      let ipc = try IpcApp.shared()
      let heard: String = try ipc.preload(
        """
        new Promise(resolve => {
          electron.ipcRenderer.on('nested', ({ ports: [outer] }) => {
            outer.onmessage = ({ data, ports: [inner] }) => {
              inner.onmessage = event => resolve(`${data}, then ${event.data}`)
            }
          })
          electron.ipcRenderer.invoke('send-nested-port')
        })
        """)
      #expect(heard == "a port, then a message")
    }

    @Test func `S-47 A port of the main process's keeps its messages until it starts, once`() throws {
      let heard: [String] = try IpcApp.shared().invoke("start-ports")
      #expect(heard == ["start", "posted", "'first'", "'second'", "'third'"])
    }

    @Test(arguments: ["own", "peer"])
    func
      `IPC-29 IPC-30 S-48 S-50 A closed channel carries nothing, and both ends hear its close once`(
        closes: String
      ) throws
    {
      let heard: [String] = try IpcApp.shared().invoke("post-to-the-closed", "'\(closes)'")
      #expect(heard.sorted() == ["own close", "peer 'before'", "peer close"])
      #expect(heard.firstIndex(of: "peer 'before'")! < heard.firstIndex(of: "peer close")!)
    }

    @Test func `S-53 In a page a port is WebKit's own: it listens when it is started, or has an onmessage`()
      throws
    {
      let ipc = try IpcApp.shared()
      let told: [String] = try ipc.preload(
        """
        (async () => {
          const next = () => new Promise(resolve => {
            electron.ipcRenderer.once('double', ({ ports: [port] }) => resolve(port))
            electron.ipcRenderer.invoke('send-port', ['text'], false)
          })
          const heard = []
          const slow = await next()
          slow.addEventListener('message', ({ data }) => heard.push(data))
          const quick = await next()
          // By the time that the later port has heard something, the first would have, had it been started.
          await new Promise(resolve => { quick.onmessage = resolve })
          const before = heard.join()
          const came = new Promise(resolve => slow.addEventListener('message', resolve))
          slow.start()
          await came
          return [String(slow instanceof MessagePort), before, heard.join()]
        })()
        """)
      #expect(told == ["true", "", "text"])
    }

    @Test func `A page holds 1,024 ports at a time, and those that come then are closed`() throws {
      let ipc = try IpcApp()
      try ipc.window.evaluate(
        """
        globalThis.ports = []
        globalThis.ended = []
        electron.ipcRenderer.on('many', ({ ports: [port] }, number) => {
          port.onclose = () => ended.push(number)
          port.start()
          ports.push(port)
        })
        1
        """, in: .preload)
      _ = try ipc.invoke("send-ports", "1100", as: CloneValue.self)
      try ipc.window.wait(for: "ports.length", toBe: 1100, in: .preload)
      try ipc.window.wait(for: "ended.length", toBe: 76, in: .preload)
      #expect(try ipc.preload("ended.every(number => number >= 1024)"))
      #expect(
        ipc.app.log.split(separator: "\n").count { $0.contains("1024 ports of a page are open") } == 1)
      // Closing a port makes room for another.
      try ipc.window.evaluate("ports[0].close(); 1", in: .preload)
      _ = try ipc.invoke("send-ports", "2", as: CloneValue.self)
      try ipc.window.wait(for: "ports.length", toBe: 1102, in: .preload)
      try ipc.window.wait(for: "ended.length", toBe: 77, in: .preload)
    }

    @Test func `S-08 IPC-20 The ports of a message that nobody hears are closed`() throws {
      let ipc = try IpcApp.shared()
      let closed: Bool = try ipc.preload(
        """
        new Promise(resolve => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => {}
          port1.addEventListener('close', () => resolve(true))
          electron.ipcRenderer.postMessage('nobody listens', null, [port2])
        })
        """)
      #expect(closed)
    }

    @Test func `S-50 A page that closes its port, or goes, closes the other end`() throws {
      let ipc = try IpcApp.shared()
      let open = """
        (() => {
          const { port1, port2 } = new MessageChannel()
          electron.ipcRenderer.postMessage('echo-port', null, [port2])
          globalThis.port = port1
        })()
        """
      try ipc.window.evaluate(open + "; location.reload(); 1", in: .preload)
      try ipc.app.waitForLog("echo-port closed")
    }

    @Test func `IPC-16 IPC-26 IPC-35 S-47 S-50 S-51 Ports in the main process keep order and life`() throws {
      let heard: [String] = try IpcApp.shared().invoke("ports-in-process")
      #expect(
        heard.filter { $0 != "'queued in the inner port'" } == ["started", "'a port'", "'last'", "closed"])
      #expect(heard.contains("'queued in the inner port'"))
    }

    @Test
    func
      `IPC-25 IPC-32 IPC-33 IPC-34 S-48 S-49 A port refuses what it cannot carry`()
      throws
    {
      let texts: [String] = try IpcApp.shared().invoke("port-errors")
      #expect(
        texts == [
          "Port at index 0 contains the source port.", "Port at index 1 is a duplicate.",
          "An object could not be cloned. (a file handle)", "none", "Port at index 0 is already neutered.",
          "none", "none", "none",
        ])
    }

    @Test
    func `IPC-14 S-10 S-11 S-16 ipcRenderer.postMessage refuses what it cannot send, and keeps the port`()
      throws
    {
      let ipc = try IpcApp.shared()
      func failure(_ arguments: String) throws -> String? {
        try ipc.failure("(async () => electron.ipcRenderer.postMessage(\(arguments)))()")
      }
      #expect(try failure("") == "TypeError: Insufficient number of arguments")
      #expect(try failure("'port'") == "TypeError: Insufficient number of arguments")
      #expect(try failure("1, 2") == "TypeError: Missing required channel argument")
      for list in ["1", "'x'", "{}", "[1]", "[null]", "[new ArrayBuffer(1)]", "null"] {
        #expect(try failure("'port', 0, \(list)") == "TypeError: Invalid value for transfer")
      }
      try ipc.window.evaluate("globalThis.pair = new MessageChannel(); 1", in: .preload)
      #expect(try failure("'port', () => {}, [pair.port2]") == "Error: An object could not be cloned.")
      #expect(try failure("'port', 0, [pair.port2, pair.port2]")?.hasPrefix("DataCloneError") == true)
      #expect(try failure("'port', 'kept', [pair.port2]") == nil)
      try ipc.app.waitForLog("port: 'kept' with 1")
      #expect(try failure("'port', 0, [pair.port2]")?.hasPrefix("DataCloneError") == true)
    }

    @Test func `IPC-22 IPC-23 S-48 A channel has two ports, and any value goes from one to the other`() throws
    {
      let heard: [String] = try IpcApp.shared().invoke("everything-over-a-port")
      #expect(heard == ["null", "undefined", "1", "true", "[ 1, 2 ]", "'text'", "{ a: 1 }"])
    }

    @Test func `A listener of a port may declare the type of the data, and skips all else`() throws {
      let ipc = try IpcApp.shared()
      #expect(try ipc.invoke("typed-port", as: [String].self) == ["text one", "number 2 with 1"])
      try ipc.app.waitForLog("Listener of a message port skipped: expected Int, got string 'one'")
    }
  }
}
