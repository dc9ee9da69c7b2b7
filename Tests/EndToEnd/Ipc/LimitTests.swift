// Limits: exceeding one is an error of the call, or ends the page.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct LimitTests {
    @Test(arguments: ["lane", "script-message"])
    func `A page that sends what is no envelope is ended, and the app hears of it`(transport: String) throws {
      let ipc = try IpcApp("--events", "--stay", environment: ["MARTLET_TRANSPORT": transport])
      let window = try ipc.openWindow()
      // The preload breaks its own bridge, so the transport writes invalid data: on a lane in the envelopes
      // of a task after its first one.
      _ = try? window.evaluate(
        """
        const { set } = Uint8Array.prototype
        Uint8Array.prototype.set = function (bytes, at) { set.call(this, \
          new Uint8Array(bytes.length).fill(255), at) }
        Uint8Array.prototype.toBase64 = () => 'AAAA'
        setTimeout(() => { for (let i = 0; i < 3; i++) electron.ipcRenderer.send('say', 'nothing') })
        1
        """, in: .preload)
      try ipc.app.waitForLog(
        "dropped the renderer of app://dev.martlet.tests.IpcTestApp/page.html?window=2: invalid envelope: ")
      try ipc.app.waitForLog("2 render-process-gone killed")
      #expect(try ipc.invoke("send-to", "\(window.id), 'early', 1") == false)
      #expect(try ipc.invoke("add", "1, 2", as: Int.self) == 3)
      // The next page works.
      #expect(try ipc.invoke("reload-frame", "\(window.id), 0"))
      try window.wait(for: "electron.ipcRenderer.invoke('add', 2, 3)", toBe: 5, in: .preload)
    }

    @Test
    func `S-15 A page that does not read is ended once 256 MiB wait for it, and what is too much is refused`()
      throws
    {
      let ipc = try IpcApp("--events", "--stay")
      let window = try ipc.openWindow()
      try window.evaluate("setTimeout(() => { for (;;); }); 1", in: .preload)
      // 64 MiB are in flight, 256 MiB are queued.
      let accepted: Int = try ipc.invoke("push-to", "\(window.id), 200, \(1 << 20)")
      #expect(accepted == 200)
      let (more, refusal): (Int, String) = try {
        let told: [CloneValue] = try ipc.invoke("push-to-the-end", "\(window.id), \(1 << 20)")
        return (try Int.decode(from: told[0]), try String.decode(from: told[1]))
      }()
      #expect((100..<125).contains(more), "\(more)")
      #expect(
        refusal
          == "ERR_IPC_QUEUE_FULL: the queue is full: 256 MiB are pending and the receiver does not read; "
          + "send less, or await replies"
      )
      try ipc.app.waitForLog(
        "dropped the renderer of app://dev.martlet.tests.IpcTestApp/page.html?window=2: the queue is full: "
          + "256 MiB are pending and it does not read"
      )
      try ipc.app.waitForLog("2 render-process-gone killed")
      #expect(try ipc.invoke("send-to", "\(window.id), 'early', 1") == false)
      #expect(try ipc.invoke("add", "1, 2", as: Int.self) == 3)
    }

    @Test func `A page that sends more than an app reads is told so, and what was taken arrives`() throws {
      let ipc = try IpcApp.shared()
      let window = try ipc.openWindow()
      let told = try window.evaluate(
        """
        electron.ipcRenderer.send('block-until-logged', 'the page is refused')
        const text = 'x'.repeat(1 << 20)
        let count = 0, refusal
        while (refusal === undefined && count < 1000) {
          try {
            electron.ipcRenderer.send('count', 'full', count, text)
            count++
          } catch (error) {
            refusal = `${error.code}: ${error.message}`
          }
        }
        console.log('the page is refused')
        ;[count, refusal]
        """, in: .preload, by: Deadline(seconds: 60))
      let count = try Int.decode(from: told[0])
      #expect(
        told[1].isEquivalent(
          to: """
            ERR_IPC_QUEUE_FULL: The queue is full: 256 MiB are pending and the receiver does not read. \
            Send less, or await replies.
            """))
      // 256 MiB are queued, and 64 MiB are in flight.
      #expect((300...330).contains(count), "\(count)")
      try ipc.window.wait(for: "electron.ipcRenderer.invoke('counted', 'full')", toBe: count, in: .preload)
      // The page still works.
      #expect(
        try window.evaluate("electron.ipcRenderer.invoke('add', 1, 2)", in: .preload).isEquivalent(to: 3))
    }

    @Test func `S-10 S-16 More than 64 ports are refused before any is detached`() throws {
      let ipc = try IpcApp.shared()
      let told: [String] = try ipc.preload(
        """
        (async () => {
          const told = []
          const attempt = post => { try { post(); \
            told.push('sent') } catch (error) { told.push(String(error)) } }
          const channels = Array.from({ length: 65 }, () => new MessageChannel())
          const ports = channels.map(({ port2 }) => port2)
          attempt(() => electron.ipcRenderer.postMessage('port', '65', ports))
          const { port1, port2 } = new MessageChannel()
          electron.ipcRenderer.postMessage('echo-port', null, [port2])
          attempt(() => port1.postMessage('65', ports))
          attempt(() => electron.ipcRenderer.postMessage('port', '64', ports.slice(1)))
          attempt(() => port1.postMessage('1', ports.slice(0, 1)))
          return told
        })()
        """)
      let refusal = "RangeError: The message has too many ports, 65: the limit is 64."
      #expect(told == [refusal, refusal, "sent", "sent"])
      try ipc.app.waitForLog("port: '64' with 64")
      #expect(
        try ipc.invoke("post-ports", "65", as: [String].self) == [
          "ERR_TOO_MANY_PORTS: The message has too many ports, 65: the limit is 64. Send several messages.",
          "ERR_TOO_MANY_PORTS: The message has too many ports, 65: the limit is 64. Send several messages.",
          "sent",
        ])
    }

    @Test func `S-49 A port's postMessage that is refused detaches none of what it was to transfer`() throws {
      let ipc = try IpcApp.shared()
      let told: [String] = try ipc.preload(
        """
        (async () => {
          const told = []
          const attempt = post => { try { post(); \
            told.push('sent') } catch (error) { told.push(error.name) } }
          const { port1, port2 } = new MessageChannel(), other = new MessageChannel()
          const buffer = new ArrayBuffer(100000), bytes = new Uint8Array(buffer).fill(7)
          electron.ipcRenderer.postMessage('echo-port', null, [port2])
          const back = new Promise(resolve => { port1.onmessage = ({ data, ports }) => resolve([data, \
            ports.length]) })
          attempt(() => port1.postMessage({ uncloneable () {} }, [other.port2, buffer]))
          attempt(() => port1.postMessage(bytes, [other.port2, buffer, buffer]))
          told.push(String(buffer.byteLength))
          attempt(() => port1.postMessage(bytes, [other.port2, buffer]))
          told.push(String(buffer.byteLength))
          attempt(() => port1.postMessage(1, [other.port2]))
          const [data, count] = await back
          told.push(`${data.length} ${data.every(byte => byte === 7)} ${count}`)
          return told
        })()
        """)
      #expect(
        told == [
          "DataCloneError", "DataCloneError", "100000", "sent", "0", "DataCloneError", "100000 true 1",
        ])
    }

    @Test func `A message that the system has no descriptor for is an error of its own, and no other's`()
      throws
    {
      let ipc = try IpcApp()
      try ipc.window.evaluate(
        "globalThis.scarce = []; electron.ipcRenderer.on('scarce', (_, text) => scarce.push(text)); 1",
        in: .preload)
      let nothingLeft =
        "the system is out of memory or file descriptors for the reply: return less, or close what is open"
      #expect(
        try ipc.failure("electron.ipcRenderer.invoke('answer-without-descriptors')")
          == "Error: Error invoking remote method 'answer-without-descriptors': \(nothingLeft)")
      #expect(
        try ipc.failure("(() => electron.ipcRenderer.sendSync('answer-without-descriptors'))()")
          == "Error: \(nothingLeft)")
      #expect(
        try ipc.invoke("send-without-descriptors", as: [String].self) == [
          "false",
          "ERR_OUT_OF_MEMORY: the system is out of memory or file descriptors: send less, or close some",
          "true",
        ])
      try ipc.window.wait(for: "scarce.join()", toBe: "short", in: .preload)
      #expect(!ipc.app.log.contains("dropped"))
    }

    @Test func `S-49 S-50 A channel without descriptors is closed, and a closed port arrives as one`() throws
    {
      let ipc = try IpcApp()
      try ipc.window.evaluate(
        """
        globalThis.closes = 0
        electron.ipcRenderer.on('a closed port', ({ ports: [port] }) => { port.onclose = () => closes++; \
          port.start() })
        1
        """, in: .preload)
      #expect(
        try ipc.invoke("channel-without-descriptors", as: [String].self) == [
          "none", "sent", "ERR_PORT_NEUTERED: Port at index 0 is already neutered.",
        ])
      try ipc.app.waitForLog("closed a new message channel: this process is out of file descriptors")
      try ipc.window.wait(for: "closes", toBe: 1, in: .preload)
    }

    @Test func `An app may have as many descriptors open as the system lets it, up to 65,536`() throws {
      let limits: [Int] = try IpcApp.shared().invoke("descriptor-limit")
      #expect(limits[0] >= min(limits[1], 65536))
    }
  }
}
