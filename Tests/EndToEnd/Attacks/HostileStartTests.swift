// A page that is hostile from its first script on, against a typical preload. The attacks use WebKit's and
// JavaScriptCore's own ways from the preload's world to the page's, which bypass contextBridge.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct HostileStartTests {
    /// Loads the pages of Tests/Pages/hostile, after all initial scripts of preload and page.
    func start() throws -> IpcApp {
      try answered(.shared("hostile/preload.js", "hostile/page.html", environment: wholeEngine))
    }

    /// Waits for the last of the initial scripts.
    func answered(_ ipc: IpcApp) throws -> IpcApp {
      try ipc.window.wait(for: "document.getElementById('on-message').textContent", toBe: "an answer")
      return ipc
    }

    /// JavaScript: `settled()` resolves when all timers, errors and rejections that were due before it have
    /// been reported. A rejection of its own is reported after them, and to no other listener.
    static let settled = """
      globalThis.settled = () => new Promise(resolve => {
        const last = new Error('the last rejection')
        addEventListener('unhandledrejection', function heard (event) {
          if (event.reason !== last) return
          event.stopImmediatePropagation()
          event.preventDefault()
          removeEventListener('unhandledrejection', heard, true)
          resolve()
        }, true)
        setTimeout(() => { (async () => { throw last })() })
      })
      """

    /// The result of a page's script as text, and the preload's objects that the page has obtained by then.
    func run(_ code: String, in ipc: IpcApp) throws -> (told: String, stolen: [String]) {
      let told = try ipc.window.evaluate("(async () => { \(Self.settled); \(code) })()")
      return (
        try String?.decode(from: told) ?? "", try [String].decode(from: ipc.window.evaluate("stolen"))
      )
    }

    @Test func `A function that the DOM calls in the midst of a preload's function does not see it`() throws {
      let ipc = try start()
      // The members of a frame's first document, before and after it is loaded, work on the functions of all
      // documents.
      let (told, stolen) = try run(
        """
        for (const source of [undefined, 'about:blank', '../other.html']) {
          for (const sandbox of [undefined, 'allow-same-origin']) { // where no script may run, \
            no native code is called
            const frame = document.createElement('iframe')
            if (source) frame.src = source
            if (sandbox) frame.setAttribute('sandbox', sandbox)
            const loaded = new Promise(resolve => { frame.onload = resolve })
            document.body.append(frame)
            learnFrom(frame.contentWindow)
            await loaded
            learnFrom(frame.contentWindow)
          }
        }
        const before = looks
        for (const name of narrow.setters) narrow.set(name)
        narrow.call(spies.called)
        return String(looks - before > 20)
        """, in: ipc)
      #expect(told == "true")
      #expect(stolen == [])
      #expect(ipc.app.isRunning)
    }

    @Test func `A getter of a value that the page throws does not see its reader`() throws {
      let ipc = try start()
      let (_, stolen) = try run(
        """
        Promise.reject(Object.defineProperty({}, 'message', { get: spies.message }))
        Promise.prototype.catch = function (reaction) { judge(reaction, 'catch') }
        Promise.prototype.then = new Proxy(Promise.prototype.then, {
          apply (then, promise, reactions) {
            reactions.forEach(f => judge(f, 'then'))
            return Reflect.apply(then, promise, reactions)
          }
        })
        for (const type of ['unhandledrejection', 'rejectionhandled']) {
          const reason = Object.defineProperty({}, 'message', { get: spies.message })
          dispatchEvent(new PromiseRejectionEvent(type, { promise: Promise.resolve(), reason }))
        }
        const error = Object.defineProperty(new Error(), 'message', { get: spies.message })
        try { narrow.call(() => { throw error }) } catch (error) { judge(error, 'caught') }
        await settled()
        """, in: ipc)
      #expect(stolen == [])
      #expect(try ipc.preload("[...new Set(heard)].join()") == "nothing")
    }

    @Test func `A rejection of the preload's tells the page nothing`() throws {
      let ipc = try start()
      let (told, stolen) = try run(
        """
        const heard = []
        for (const type of ['unhandledrejection', 'rejectionhandled']) addEventListener(type, event => { \
          heard.push(event.reason); judge(event.promise, 'promise'); judge(event.reason, 'reason') })
        narrow.reject()
        await settled()
        Promise.reject('own')
        await settled()
        return heard.join()
        """, in: ipc)
      #expect(told == "own")
      #expect(stolen == [])
    }

    /// Runs a page's script that ends the page's bridge. Returns its result and the app.
    func runToTheEnd(_ code: String) throws -> (told: String, ipc: IpcApp) {
      let ipc = try start()
      try ipc.window.evaluate(
        """
        \(Self.settled)
        setTimeout(async () => { console.log('told: ' + await (async () => { \(code) })() + ' :told') }); 1
        """)
      try ipc.app.waitForLog(" :told")
      let log = ipc.app.log
      guard let begin = log.firstRange(of: "told: "), let end = log.firstRange(of: " :told") else {
        return ("", ipc)
      }
      return (String(log[begin.upperBound..<end.lowerBound]), ipc)
    }

    @Test
    func
      `A page that opens its document anew hears of rejections without their reason, and has no bridge`()
      throws
    {
      let (told, ipc) = try runToTheEnd(
        """
        narrow.say('before')
        narrow.reject()
        document.open(); document.write('<p>new'); document.close()
        const events = []
        addEventListener('unhandledrejection', event => { events.push([event.promise, event.reason]); \
          judge(event.promise, 'promise'); judge(event.reason, 'reason') })
        narrow.reject()
        await settled()
        let error
        try { narrow.say('after') } catch (thrown) { error = thrown.message; judge(thrown, 'thrown') }
        return JSON.stringify([events, error, stolen])
        """)
      #expect(
        told == #"[[[null,null],[null,null]],"IPC method called after context was released",[]]"#)
      try ipc.app.waitForLog("the bridge to the app has ended")
      #expect(ipc.app.log.contains("said before") && !ipc.app.log.contains("said after"))
    }

    @Test func `A page with an unguarded getter does nothing in the preload's name`()
      throws
    {
      let (told, ipc) = try runToTheEnd(
        """
        const frame = document.createElement('iframe')
        frame.setAttribute('sandbox', 'allow-same-origin')
        frame.src = '../other.html'
        document.body.append(frame)
        const read = Object.getOwnPropertyDescriptor(frame.contentWindow.PromiseRejectionEvent.prototype, \
          'promise').get
        document.open(); document.close()
        const raw = new Promise(resolve => addEventListener('unhandledrejection', event => \
          resolve([read.call(event)])))
        narrow.reject()
        const [promise] = await raw
        const told = [promise instanceof Promise]
        // The preload's world itself, where no policy of the page's applies.
        const world = promise.constructor.constructor('return globalThis')()
        for (const act of [() => world.electron.ipcRenderer.send('quit'), () => \
          world.electron.ipcRenderer.sendSync('quit'), () => narrow.say('after')]) {
          try { act(); told.push('done') } catch (thrown) { told.push(thrown.message) }
        }
        return told.join()
        """)
      // WebKit delivers the object; Martlet makes it useless there.
      let released = "IPC method called after context was released"
      #expect(told == "false,\(released),\(released),\(released)")
      #expect(try ipc.app.windows().count == 1)
      #expect(!ipc.app.log.contains("before-quit") && !ipc.app.log.contains("said after"))
    }

    @Test func `A page that empties its document before it opens it anew has no bridge`() throws {
      let (told, ipc) = try runToTheEnd(
        """
        while (document.firstChild) document.firstChild.remove()
        await settled()
        narrow.say('before')
        document.open()
        const told = []
        for (const act of [() => narrow.say('after'), () => narrow.post('after')]) {
          try { act(); told.push('done') } catch (thrown) { told.push(thrown.message); \
            judge(thrown, 'thrown') }
        }
        await settled()
        return JSON.stringify([told, stolen])
        """)
      #expect(told == #"[["IPC method called after context was released","done"],[]]"#)
      try ipc.app.waitForLog("the bridge to the app has ended")
      try ipc.app.waitForLog("echo-port closed")
      #expect(ipc.app.log.contains("said before") && !ipc.app.log.contains("said after"))
      #expect(try ipc.app.windows().count == 1)
    }

    @Test(
      arguments: [true, false],
      ["", "frame.removeAttribute('sandbox')", "frame.sandbox.add('allow-scripts')"])
    func `A frame whose first window the page has changed before it is loaded gives nothing away`(
      _ hasPreload: Bool, _ enabling: String
    ) throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("one.html", in: ipc, inSubFrames: hasPreload)
      let loaded: Bool = try page.preload(
        """
        (async () => {
          const ran = await electron.webFrame.executeJavaScript(`(async () => {
            window.stolen = []
            const frame = document.createElement('iframe')
            const isSandboxed = \(enabling.isEmpty ? "false" : "true")
            if (isSandboxed) frame.setAttribute('sandbox', 'allow-same-origin')
            frame.src = 'child.html?changed'
            document.body.append(frame)
            const early = frame.contentWindow
            \(enabling)
            if (isSandboxed) frame.src = 'child.html?changed&again'
            const keep = (...values) => { stolen.push(...values) }
            for (const [holder, names] of [[early.WeakMap.prototype, ['get', 'set']], [early.Map.prototype, \
              ['get', 'set']], [early.Reflect, ['apply', 'defineProperty']], [early.Object, ['freeze', \
              'keys']], [early.Function.prototype, ['call', 'apply', 'bind']], [early.Array.prototype, \
                ['push', 'toSpliced']]]) {
              for (const name of names) {
                const real = holder[name]
                holder[name] = function (...values) { keep(this, ...values); \
                  return Reflect.apply(real, this, values) }
              }
            }
            await new Promise(resolve => { frame.onload = resolve })
            return frame.contentWindow === early && early.Map.prototype.set.name === ''
          })()`)
          return ran
        })()
        """)
      #expect(loaded)
      // A script of the main process in that frame, whose value goes to the preload's world of it. A frame
      // whose first document was not observed has no bridge, and is not listed.
      if enabling.isEmpty {
        let value: CloneValue = try ipc.invoke(
          "execute-in-frame", "\(page.id), 2, '({ list: [{ deep: { er: 1 } }] })'")
        #expect(value["list"][0]["deep"]["er"].isEquivalent(to: 1))
      } else {
        try ipc.app.waitForLog("This frame has no bridge")
        #expect(try page.facts("url", as: String.self).map(file) == ["one.html", "child.html"])
      }
      let foreign: [String] = try ipc.invoke(
        "execute-in-frame",
        """
        \(page.id), 0, `(() => {
          const frame = document.querySelector('iframe[src*=changed]').contentWindow
          const isOurs = value => {
            if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return true
            let last = value
            for (let next; (next = Object.getPrototypeOf(last)) !== null;) last = next
            if (last === Object.prototype || last === frame.Object.prototype) return true
            return last === value && Reflect.ownKeys(value).every(key => \
              isOurs(value[key])) // made without a prototype
          }
          if (frame.api) frame.api.isMainFrame
          return stolen.filter(value => (typeof value === 'function' || typeof value === 'object' \
            && value !== null) && !isOurs(value)).map(value => Object.prototype.toString.call(value))
        })()`
        """)
      #expect(foreign == [])
    }
  }
}
