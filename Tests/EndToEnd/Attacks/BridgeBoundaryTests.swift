// Negative tests: capabilities that a page never has by default. HostilePageTests walks everything that a
// page can reach.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct BridgeBoundaryTests {
    @Test func `A page cannot name a channel that the preload did not`() throws {
      let ipc = try IpcApp.shared("narrow-preload.js")
      // Every function, called directly and by every other way, with the names of real channels.
      try ipc.window.evaluate(
        """
        for (const channel of ['quit', 'exit', 'destroy-me', 'set-menu']) {
          for (const f of [narrow.say, narrow.fail]) {
            for (const act of [() => f(channel, 0), () => f.call(channel, channel), () => f.apply({ \
              channel }, [channel, 0]),
              () => f.bind(channel)(channel), () => new f(channel), () => Reflect.construct(f, [channel]),
              () => f({ toString: () => channel, channel }), () => f([channel, 0]), () => \
                f.constructor(`return electron.ipcRenderer.send('${channel}')`)(),
              () => Object.assign(f, { channel })(channel), () => Object.setPrototypeOf(f, { \
                channel })]) try { act() } catch {}
          }
        }
        narrow.say('the end'); 1
        """)
      try ipc.app.waitForLog("said the end")
      #expect(!ipc.app.log.contains("before-quit"))
      #expect(try ipc.app.windows().count == 1)
    }

    @Test func `All that is reachable from the bridge's objects belongs to the page`() throws {
      let ipc = try IpcApp.shared("narrow-preload.js")
      let found = try String.decode(
        from: ipc.window.evaluate(
          """
          (() => {
            const seen = new Set(), queue = [narrow], found = []
            while (queue.length > 0) {
              const value = queue.pop()
              if ((typeof value !== 'object' && typeof value !== 'function') || value === null \
                || seen.has(value)) continue
              seen.add(value)
              let root = value
              for (let next; (next = Object.getPrototypeOf(root)) !== null;) root = next
              if (root !== Object.prototype) found.push('of another realm: ' \
                + Object.prototype.toString.call(value))
              if (value === window) continue
              for (const key of Reflect.ownKeys(value)) {
                const { value: member, get, set } = Object.getOwnPropertyDescriptor(value, key)
                if (/ipcRenderer|require|electron|secret/i.test(String(key))) found.push(String(key))
                queue.push(member, get, set)
              }
              queue.push(Object.getPrototypeOf(value))
            }
            return found.join() + '|' + Reflect.ownKeys(narrow).join()
          })()
          """))
      #expect(found == "|say,fail")
    }

    @Test func `The preload's source and globals are nowhere in the page`() throws {
      let ipc = try IpcApp.shared("narrow-preload.js")
      let text = try String.decode(
        from: ipc.window.evaluate(
          """
          (() => {
            let stack; try { narrow.fail() } catch (error) { stack = error.stack }
            return [stack, String(narrow.say), document.documentElement.outerHTML, document.scripts.length,
              performance.getEntries().map(entry => entry.name).join(), Object.keys(window).join(),
              [typeof secrets, typeof electron, typeof require, \
                typeof window.webkit?.messageHandlers?.martlet].join()].join('\\n')
          })()
          """))
      #expect(!text.contains("a secret of the preload"))
      #expect(!text.contains("ipcRenderer"))
      #expect(text.hasSuffix("undefined,undefined,undefined,undefined"))
      #expect(
        try Int.decode(
          from: ipc.window.evaluate("fetch('narrow-preload.js').then(response => response.status)")) == 404)
    }

    @Test func `Another origin's frame cannot call the page's bridge, and no frame has one of its own`()
      throws
    {
      let ipc = try IpcApp.shared("narrow-preload.js", "--no-policy")
      let told = try String.decode(
        from: ipc.window.evaluate(
          """
          new Promise(resolve => {
            addEventListener('message', event => resolve(event.data))
            const frame = document.createElement('iframe')
            frame.setAttribute('sandbox', 'allow-scripts') // an origin of its own
            frame.srcdoc = `<script>
              let reached
              try { reached = typeof parent.narrow } catch (error) { reached = error.name }
              parent.postMessage([reached, typeof narrow, typeof window.webkit?.messageHandlers?.martlet, \
                typeof electron].join(), '*')
            <\\/script>`
            document.body.append(frame)
          })
          """))
      #expect(told == "SecurityError,undefined,undefined,undefined")
    }

    @Test func `No request of a page passes for the bridge's, whatever document it names`() throws {
      let ipc = try IpcApp.shared("narrow-preload.js", "--no-policy")
      let statuses = try String.decode(
        from: ipc.window.evaluate(
          """
          Promise.all(['hello', 'sync', 'module'].flatMap(name => ['', '0'.repeat(64), '0'.repeat(64) \
            + '\\u000f"\\u0004quit'].map(body =>
            new Promise(resolve => {
              const request = new XMLHttpRequest()
              request.open('POST', 'martlet-ipc://bridge/' + name)
              request.onloadend = () => resolve(request.status)
              request.send(body)
            })))).then(all => all.filter(status => status !== 403 && status !== 0).join())
          """))
      #expect(statuses == "")
      #expect(try ipc.app.windows().count == 1)
    }

    @Test(arguments: [
      "data:text/html,<title>Elsewhere</title><script>window.ran = 1</script>", "about:blank", "http:",
    ])
    func `A page of another origin has no preload, and the bridge of the page before is gone`(url: String)
      throws
    {
      let server = try WebServerForTest(page: "<title>Elsewhere</title>")
      let url = url == "http:" ? server.origin + "/" : url
      let ipc = try IpcApp.shared("narrow-preload.js", "--no-policy")
      let other = try ipc.openWindow()
      // A page that is unloading tries to keep its objects.
      try ipc.window.evaluate(
        """
        globalThis.kept = narrow
        addEventListener('pagehide', () => { setTimeout(() => kept.say('from the page before')); \
          Promise.resolve().then(() => setInterval(() => kept.say('from the page before'), 1)) })
        window.name = 'kept'; 1
        """)
      try ipc.window.evaluate("setTimeout(() => electron.ipcRenderer.send('go', '\(url)')); 1", in: .preload)
      try ipc.window.wait(for: "location.protocol", toBe: url.prefix { $0 != ":" } + ":")
      let log = ipc.app.log
      #expect(
        try String.decode(from: ipc.window.evaluate("[typeof narrow, typeof kept, window.name].join()"))
          == "undefined,undefined,")
      #expect(
        try String.decode(
          from: ipc.window.evaluate("[typeof electron, typeof require, typeof secrets].join()", in: .preload))
          == "undefined,undefined,undefined")
      // Its last messages arrived before it was gone, and none before the next page's first message.
      let own = "app://dev.martlet.tests.IpcTestApp/page.html?after"
      try other.evaluate(
        "electron.ipcRenderer.invoke('load-frames', \(ipc.window.id), '\(own)')", in: .preload)
      try ipc.window.wait(for: "location.search", toBe: "?after")
      try ipc.window.evaluate("narrow.say('from the page after')")
      try ipc.app.waitForLog("said from the page after")
      #expect(!ipc.app.log.dropFirst(log.count).contains("from the page before"))
    }
  }
}
