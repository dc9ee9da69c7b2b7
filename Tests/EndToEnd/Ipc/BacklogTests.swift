// Back-pressure: messages beyond a socket's capacity all arrive, in order, also when a page or port ends.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct BacklogTests {
    @Test
    func `S-06 S-42 Any number of messages to a page that waits for an answer arrives after the answer`()
      throws
    {
      let ipc = try IpcApp.shared()
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
      // Each is too long for a packet, so it uses sealed memory and a descriptor of its own.
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

    @Test func `A page that is told very much at once has its timers meanwhile`() throws {
      let ipc = try IpcApp.shared()
      let window = try ipc.openWindow()
      try window.evaluate(
        """
        Object.assign(globalThis, { heard: 0, since: 0, most: 0 })
        electron.ipcRenderer.on('pushed', () => { heard++; most = Math.max(most, ++since) })
        setInterval(() => { since = 0 }, 4)
        // Its answer comes after all have been sent: by then the rest is queued.
        electron.ipcRenderer.once('pushed', () => electron.ipcRenderer.sendSync('double', 1))
        1
        """, in: .preload)
      #expect(try ipc.invoke("push-to", "\(window.id), 60000, 8", as: Int.self) == 60_000)
      try window.wait(for: "heard", toBe: 60_000, in: .preload)
      #expect(try window.evaluate("most < 15000 || most", in: .preload).isEquivalent(to: true))
    }

    @Test func `A page that is never done hears what it is told all the same`() throws {
      let ipc = try IpcApp.shared()
      let window = try ipc.openWindow()
      try window.evaluate(
        """
        Object.assign(globalThis, { heard: 0, rounds: 0, busy: true })
        electron.ipcRenderer.on('pushed', () => { if (++heard === 30000) busy = false })
        const work = chain => {
          if (chain === 0 && heard > 0) rounds++
          for (const end = performance.now() + 2; performance.now() < end;);
          if (busy) setTimeout(work, 0, chain)
        }
        for (let chain = 0; chain < 20; chain++) work(chain)
        1
        """, in: .preload)
      #expect(try ipc.invoke("push-to", "\(window.id), 30000, 100", as: Int.self) == 30_000)
      try window.wait(for: "heard", toBe: 30_000, in: .preload)
      // A packet, of 64 messages at most, in each round would be far too little.
      #expect(try window.evaluate("rounds < 300 || rounds", in: .preload).isEquivalent(to: true))
    }

    @Test
    func `S-43 A sendSync in an unload handler that nobody answers ends, and one that is answered returns`()
      throws
    {
      let ipc = try IpcApp.shared()
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

    @Test(arguments: [false, true])
    func `S-06 S-13 All messages that a page sends before it is left arrive`(isBlocked: Bool) throws {
      let ipc = try IpcApp.shared()
      for (name, leaving) in [
        ("reload", "location.reload(); later(log)"), ("other", "location.href = 'other.html'; later(log)"),
        ("blank", "location.href = 'about:blank'; later(log)"),
        // A page that closes itself prints nothing from then on.
        ("close", "log(); window.close()"),
        // Its process sends nothing for some seconds.
        ("slow", "location.href = 'slow.html'; later(log)"),
      ] {
        let window = try ipc.openWindow()
        // A blocked main process finds the messages and WebKit's notice of the navigation at the same time.
        _ = try? window.evaluate(
          """
          setTimeout(() => {
            if (\(isBlocked)) electron.ipcRenderer.send('block-until-logged', '\(name) has begun')
            const { ipcRenderer } = electron, text = 'x'.repeat(1000)
            for (let number = 0; number < 5000; number++) ipcRenderer.send('count', '\(name)', number, text)
            const log = () => console.log('\(name) has begun')
            const later = f => setTimeout(() => setTimeout(f))
            \(leaving)
          })
          1
          """, in: .preload)
        try ipc.window.wait(
          for: "electron.ipcRenderer.invoke('counted', '\(name)')", toBe: 5000, in: .preload)
      }
    }

    @Test func `S-06 S-13 Messages of a page arrive when the app takes it to another process`() throws {
      let ipc = try IpcApp.shared()
      let (window, process) = try ipc.openWindowWithProcess()
      let server = try WebServerForTest(page: "<title>Elsewhere</title>")
      // WebKit emits no unload event to a page that is not loaded yet.
      try window.wait(for: "document.readyState", toBe: "complete", in: .preload)
      _ = try window.evaluate(
        """
        addEventListener('unload', () => {
          const text = 'x'.repeat(1000)
          for (let number = 0; number < 2000; number++) electron.ipcRenderer.send('count', 'sent', number, \
            text)
        }); 1
        """, in: .preload)
      _ = try ipc.invoke(
        "load-frames", "\(window.id), '\(server.origin)/'", as: CloneValue.self)
      _ = try eventually("another process") { ipc.webProcesses.contains(process) ? nil : true }
      try ipc.window.wait(for: "electron.ipcRenderer.invoke('counted', 'sent')", toBe: 2000, in: .preload)
    }

    @Test
    func
      `S-13 A frame that is removed with messages queued leaves the tree, and all it sent arrives`()
      throws
    {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("one.html", in: ipc)
      _ = try page.preload(
        """
        const { ipcRenderer } = frames[0].electron
        electron.ipcRenderer.send('block-until-logged', 'the frame is removed')
        const text = 'x'.repeat(1000)
        for (let number = 0; number < 5000; number++) ipcRenderer.send('count', 'gone', number, text)
        document.querySelector('iframe').remove()
        console.log('the frame is removed')
        """, as: CloneValue.self)
      try ipc.window.wait(for: "electron.ipcRenderer.invoke('counted', 'gone')", toBe: 5000, in: .preload)
      _ = try eventually("the frame to leave the tree") {
        try page.facts("url", as: String.self).count == 1 ? true : nil
      }
    }

    @Test func `S-50 Messages that were posted before a port is closed arrive, then its close`() throws {
      let ipc = try IpcApp.shared()
      try ipc.window.evaluate(
        """
        const { port1, port2 } = new MessageChannel()
        electron.ipcRenderer.postMessage('count-port', 'burst', [port2])
        const text = 'x'.repeat(1000)
        for (let number = 0; number < 2000; number++) port1.postMessage([number, text])
        port1.close()
        1
        """, in: .preload)
      _ = try ipc.invoke("start-counting", as: CloneValue.self)
      try ipc.app.waitForLog("burst closed after 2000")
    }

    @Test func `S-52 Messages that were posted before a port is transferred arrive before its new holder's`()
      throws
    {
      let ipc = try IpcApp.shared()
      try ipc.window.evaluate(
        """
        {
          const one = new MessageChannel()
          electron.ipcRenderer.postMessage('count-port', 'moved', [one.port2])
          electron.ipcRenderer.invoke('start-counting')
          const text = 'x'.repeat(1000)
          for (let number = 0; number < 2000; number++) one.port1.postMessage([number, text])
          electron.ipcRenderer.on('connected', ({ ports: [port] }) => {
            for (let number = 2000; number < 2100; number++) port.postMessage([number])
            port.close()
          })
          electron.ipcRenderer.postMessage('forward', \(ipc.window.id), [one.port1])
        }
        1
        """, in: .preload)
      try ipc.app.waitForLog("moved closed after 2100")
    }

    @Test
    func `S-52 Messages that the main process has posted before a port is transferred arrive first, too`()
      throws
    {
      let ipc = try IpcApp.shared()
      let heard: [Int] = try ipc.preload(
        """
        new Promise(resolve => {
          const heard = []
          electron.ipcRenderer.on('connected', ({ ports: [port] }, name) => {
            if (name === 'moved') for (let number = 2000; number < 2100; number++) port.postMessage([number])
            else port.onmessage = ({ data: [number] }) => { if (heard.push(number) === 2100) resolve(heard) }
          })
          electron.ipcRenderer.invoke('post-and-move', true)
        })
        """)
      #expect(heard == Array(0..<2100))
    }

    @Test
    func `S-52 An end that reads late receives first the messages from before the other end's transfer`()
      throws
    {
      let ipc = try IpcApp.shared()
      let heard: String = try ipc.preload(
        """
        new Promise(resolve => {
          electron.ipcRenderer.on('connected', ({ ports: [port] }) => {
            const text = 'x'.repeat(1000)
        for (let number = 2000; number < 4000; number++) port.postMessage([number, text])
            port.onmessage = ({ data }) => {
              port.close()
              resolve(data)
            }
          })
          electron.ipcRenderer.invoke('post-and-move', false)
        })
        """)
      #expect(heard == "from the end that does not read")
      _ = try ipc.invoke("start-counting", as: CloneValue.self)
      try ipc.app.waitForLog("kept closed after 4000")
    }

    @Test func `S-06 More long buffers than may be on their way arrive in order, to either side`() throws {
      let ipc = try IpcApp.shared()
      let window = try ipc.openWindow()
      // The main process is blocked while the page sends. Then the page is, for a fixed time: it cannot see
      // when the main process has sent all.
      try window.evaluate(
        """
        electron.ipcRenderer.send('block-until-logged', 'all is sent')
        for (let number = 0; number < 20; number++) {
          electron.ipcRenderer.send('count', 'long', number, new Uint8Array(8 << 20))
          electron.ipcRenderer.send('count', 'short', number)
        }
        globalThis.numbers = []
        electron.ipcRenderer.on('pushed', (_, number, text) => {
          if (text.length === 8 << 20) numbers.push(number)
        })
        console.log('all is sent')
        setTimeout(() => { const end = Date.now() + 500; while (Date.now() < end); })
        1
        """, in: .preload)
      #expect(try ipc.invoke("push-to", "\(window.id), 20, \(8 << 20)", as: Int.self) == 20)
      try window.wait(
        for: "numbers.join()", toBe: (0..<20).map(String.init).joined(separator: ","), in: .preload)
      for name in ["long", "short"] {
        try ipc.window.wait(for: "electron.ipcRenderer.invoke('counted', '\(name)')", toBe: 20, in: .preload)
      }
    }
  }
}

extension IpcApp {
  /// The number of open descriptors of a process.
  func descriptors(of process: Int32) throws -> Int {
    try ToolRun("/bin/ls", "/proc/\(process)/fd").output.split(separator: "\n").count
  }
}
