// Ports that go on from window to window, and messages on the way.

import Glibc
import MartletTesting
import MartletClone
import Testing

extension EndToEnd.PortTests {
  @Test func `IPC-21 A page whose port to a shared worker hears its close can be loaded again`() throws {
    let ipc = try IpcApp.shared()
    let pid = ipc.app.processes().first { $0.command.contains("WebKitWebProcess") }?.pid
    for round in 1...3 {
      let title: String = try String.decode(
        from: ipc.window.evaluate(
          """
          new Promise((resolve, reject) => {
            const worker = new SharedWorker('shared-worker.js')
            worker.onerror = () => reject(new Error('no worker'))
            worker.port.addEventListener('close', () => {})
            worker.port.addEventListener('message', ({ data }) => {
              const rounds = 1 + Number(sessionStorage.rounds ?? 0)
              sessionStorage.rounds = rounds
              document.title = `${data} ${rounds}`
              resolve(document.title)
            })
            worker.port.start()
          })
          """))
      #expect(title == "connected \(round)")
      try ipc.reload()
    }
    #expect(ipc.app.processes().first { $0.command.contains("WebKitWebProcess") }?.pid == pid)
    #expect(pid != nil)
  }

  @Test func `IPC-17 Ports go on from window to window, and over ports`() throws {
    let pair = try Pair()
    let other = pair.other
    try other.evaluate(
      "port.onmessage = ({ data, ports }) => { ports[0].postMessage('got ' + data); "
        + "ports[0].onmessage = e => ports[0].postMessage(e.data + '!') }; 1",
      in: .preload)
    let heard: [String] = try pair.ipc.preload(
      """
      new Promise(resolve => {
        const { port1, port2 } = new MessageChannel()
        const heard = []
        port1.onmessage = ({ data }) => {
          heard.push(data)
          if (heard.length === 2) resolve(heard)
        }
        port.postMessage('a port', [port2])
        port1.postMessage('hello')
      })
      """)
    #expect(heard == ["got a port", "hello!"])

    try other.evaluate(
      "electron.ipcRenderer.on('connected', ({ ports: [port] }) => "
        + "port.postMessage('from the other window')); 1",
      in: .preload)
    let forwarded: String = try pair.ipc.preload(
      """
      new Promise(resolve => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = ({ data }) => resolve(data)
        electron.ipcRenderer.postMessage('forward', \(other.id), [port2])
      })
      """)
    #expect(forwarded == "from the other window")
  }

  @Test(arguments: [false, true])
  func `S-53 A port goes on while messages come: each is heard once, in order, by who holds it then`(
    isLate: Bool
  )
    throws
  {
    let pair = try Pair()
    let window = pair.ipc.window
    try window.evaluate(
      """
      const heard = []
      addEventListener('message', ({ ports: [port] }) => {
        port.onmessage = ({ data }) => {
          heard.push(data)
          document.body.dataset.page = heard.join()
          if (data === 10) port.postMessage('from the page')
        }
      })
      1
      """, in: .page)
    // Ports with a listener from their arrival on, and ports that have been here for long.
    try window.evaluate(
      """
      globalThis.heard = []
      globalThis.listen = port => {
        port.onmessage = ({ data }) => {
          heard.push(data)
          if (data !== 3) return
          window.postMessage('take it', '*', [port])
          // Nobody hears what a port sends that has gone.
          port.postMessage('stale')
        }
      }
      electron.ipcRenderer.on('connected', ({ ports: [port] }) => listen(port))
      1
      """, in: .preload)
    try pair.other.evaluate(
      """
      globalThis.answers = []
      globalThis.send = port => {
        port.onmessage = ({ data }) => answers.push(data)
        for (let number = 1; number <= 10; number++) port.postMessage(number)
      }
      electron.ipcRenderer.on('connected', ({ ports: [port] }) => send(port))
      1
      """, in: .preload)
    if isLate {
      try window.evaluate("listen(port); 1", in: .preload)
      try pair.other.evaluate("send(port); 1", in: .preload)
    } else {
      _ = try pair.ipc.invoke("connect", "\(window.id), \(pair.other.id)", as: CloneValue.self)
    }
    try window.wait(for: "document.body.dataset.page", toBe: "4,5,6,7,8,9,10", in: .page)
    try pair.other.wait(for: "answers.join()", toBe: "from the page", in: .preload)
    #expect(try pair.ipc.preload("heard", as: [Int].self) == [1, 2, 3])
  }

  @Test func `S-53 A listener that stops a message stops no other, and any text is a message`() throws {
    let pair = try Pair()
    try pair.ipc.window.evaluate(
      """
      globalThis.heard = []
      port.addEventListener('message', event => {
        event.stopImmediatePropagation()
        port.postMessage(event.data)
        heard.push(event.data)
      }, { capture: true })
      port.addEventListener('close', () => heard.push('a close'))
      port.addEventListener('message', () => heard.push('not stopped'))
      port.start()
      1
      """, in: .preload)
    try pair.other.evaluate(
      """
      globalThis.answers = []
      port.onmessage = ({ data }) => answers.push(data)
      for (const text of ['one', 'martlet:port-closed', 'two']) port.postMessage(text)
      1
      """, in: .preload)
    try pair.other.wait(for: "answers.join()", toBe: "one,martlet:port-closed,two", in: .preload)
    #expect(try pair.ipc.preload("heard") == ["one", "martlet:port-closed", "two"])
  }

  @Test func `S-52 A port that is listened to late hears what came before, in order`() throws {
    let pair = try Pair()
    try pair.other.evaluate(
      "for (let number = 1; number <= 5; number++) port.postMessage(number)", in: .preload)
    try pair.other.evaluate(
      "port.onmessage = ({ data }) => { if (data === 'all') port.postMessage(6) }; 1", in: .preload)
    let heard: [Int] = try pair.ipc.preload(
      """
      new Promise(resolve => setTimeout(() => {
        const heard = []
        port.onmessage = ({ data }) => {
          if (heard.push(data) === 6) resolve(heard)
          if (data === 5) port.postMessage('all')
        }
        port.postMessage('listening')
      }, 300))
      """)
    #expect(heard == [1, 2, 3, 4, 5, 6])
  }

  @Test func `Values of every kind and size go over a port, in order`() throws {
    let pair = try Pair()
    try pair.other.evaluate("port.onmessage = ({ data }) => port.postMessage(data); 1", in: .preload)
    let lengths: [Int] = try pair.ipc.preload(
      """
      new Promise(resolve => {
        const lengths = []
        port.onmessage = ({ data }) => {
          lengths.push(data.size ?? data.length)
          if (lengths.length === 5) resolve(lengths)
        }
        port.postMessage(new Uint8Array(3 << 20))
        port.postMessage('text')
        port.postMessage('x'.repeat(70000))
        port.postMessage(new Map([[1, new Date(0)]]))
        port.postMessage([1n, undefined, /x/g])
      })
      """)
    #expect(lengths == [3 << 20, 4, 70000, 1, 3])
  }

  @Test func `Two windows talk while the main process is stopped`() throws {
    let pair = try Pair()
    try pair.other.evaluate("port.onmessage = ({ data }) => port.postMessage(data + 1); 1", in: .preload)
    try pair.ipc.window.evaluate(
      """
      // Web processes write to the log themselves. A stopped app cannot be asked.
      port.onmessage = ({ data }) => {
        console.log(`answer ${data}`)
        setTimeout(() => port.postMessage(data + 1), 5)
      }
      port.postMessage(0)
      1
      """, in: .preload)
    let app = pair.ipc.app
    try app.waitForLog("answer 1\n")
    let main = try #require(app.processes().first).pid
    kill(main, SIGSTOP)
    defer { kill(main, SIGCONT) }
    _ = try eventually("the app to be stopped") {
      try FolderForTest.read("/proc/\(main)/stat").contains(") T ") ? true : nil
    }
    // More than a message that was in flight already.
    let before = app.log.components(of: "answer ")
    _ = try eventually("answers") { app.log.components(of: "answer ") > before + 5 ? true : nil }
    #expect(try FolderForTest.read("/proc/\(main)/stat").contains(") T "))
  }
}
