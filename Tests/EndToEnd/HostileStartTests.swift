// A page that is hostile from its first script on, against a typical preload. The attacks use WebKit's and
// JavaScriptCore's own ways from the preload's world to the page's, which bypass contextBridge.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct HostileStartTests {
    /// Loads the pages of Tests/Pages/hostile, after all initial scripts of preload and page.
    private func start() throws -> IpcApp {
      let ipc = try IpcApp("hostile/preload.js", "hostile/page.html")
      try ipc.window.wait(for: "document.getElementById('on-message').textContent", toBe: "an answer")
      return ipc
    }

    /// JavaScript: `settled()` resolves when all timers, errors and rejections that were due before it have
    /// been reported. A rejection of its own is reported after them, and to no other listener.
    private static let settled = """
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
    private func run(_ code: String, in ipc: IpcApp) throws -> (told: String, stolen: [String]) {
      let told = try ipc.window.evaluate("(async () => { \(Self.settled); \(code) })()")
      return (
        try String?.decode(from: told) ?? "", try [String].decode(from: ipc.window.evaluate("stolen"))
      )
    }

    @Test func `What the DOM calls in the midst of a preload's function does not see it`() throws {
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

    @Test func `Nor does a getter of what the page throws see who reads it`() throws {
      let ipc = try start()
      let (_, stolen) = try run(
        """
        Promise.reject(Object.defineProperty({}, 'message', { get: spies.message }))
        Promise.prototype.catch = function (reaction) { judge(reaction, 'catch') }
        Promise.prototype.then = new Proxy(Promise.prototype.then, { apply (then, promise, reactions) { reactions.forEach(f => judge(f, 'then')); return Reflect.apply(then, promise, reactions) } })
        for (const type of ['unhandledrejection', 'rejectionhandled']) dispatchEvent(new PromiseRejectionEvent(type, { promise: Promise.resolve(), reason: Object.defineProperty({}, 'message', { get: spies.message }) }))
        try { narrow.call(() => { throw Object.defineProperty(new Error(), 'message', { get: spies.message }) }) } catch (error) { judge(error, 'caught') }
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
    private func runToTheEnd(_ code: String) throws -> (told: String, ipc: IpcApp) {
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
      `Whoever opens the document anew hears of it, without the promise and the reason, and has no bridge`()
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

    @Test func `Not even with a getter that nobody guards does a page do anything in the preload's name`()
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

    @Test func `Nor does one that empties its document first, so that opening it changes nothing`() throws {
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
      let ipc = try IpcApp()
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

    @Test func `What a preload has of the web is its own, and takes none of its functions to the page`()
      throws
    {
      let ipc = try start()
      let (told, stolen) = try run(
        """
        const told = {}
        const then = Promise.prototype.then
        const { constructor } = Promise.prototype
        Promise.prototype.then = function (...reactions) { reactions.forEach(f => judge(f, 'then')); \
          return Reflect.apply(then, this, reactions) }
        for (const { prototype } of [Error, TypeError, DOMException]) {
          Object.defineProperty(prototype, Symbol.toStringTag, { configurable: true, get () { \
            this.f = (...all) => all.forEach(value => judge(value, 'a function of an error')); \
            return 'Object' } })
        }
        for (const [name, ...args] of [['size', new Blob(['abcd'])], ['clones'], ['fade'], ['skip'], \
          ['permission', 'none'], ['aborted'], ['late'], ['writer']]) {
          try { told[name] = await web[name](...args) } catch (error) { judge(error, name); \
            told[name] = error.name; error.f?.({}) }
        }
        const species = { [Symbol.species]: function (executor) { judge(executor, 'species'); \
          executor(() => {}, () => {}) } }
        Object.defineProperty(Promise.prototype, 'constructor', { configurable: true, get () { \
          return species } })
        try { judge(web.transition(), 'a transition') } finally { Object.defineProperty(Promise.prototype, \
          'constructor', { configurable: true, writable: true, value: constructor }) }
        return JSON.stringify(told)
        """, in: ipc)
      #expect(
        told
          == #"""
          {"size":4,"clones":[3,3,null],"skip":"AbortError","permission":"TypeError",\#
          "aborted":"AbortError","late":"TimeoutError","writer":"AbortError"}
          """#
      )
      #expect(stolen == [])
    }

    @Test func `What an event carries throws nothing at the other side, and is what it was on its own`()
      throws
    {
      let ipc = try start()
      let (told, stolen) = try run(
        """
        const seen = []
        const read = event => { for (const key of ['detail', 'data', 'error', 'state']) { \
          if (!(key in event)) continue; try { judge(event[key], key); seen.push(event[key] === null ? null \
          : typeof event[key]) } catch (error) { judge(error, 'thrown'); seen.push('thrown') } } }
        for (const holder of [document, window]) for (const type of ['told', \
          'error']) holder.addEventListener(type, read)
        window.onerror = (message, file, line, column, error) => { judge(error, 'onerror'); \
          seen.push(String(error)) }
        const heard = web.tell()
        web.fail()
        await settled()
        const answers = web.answers()
        const evil = { get text () { throw (...all) => all.forEach(value => judge(value, 'evil')) } }
        dispatchEvent(new CustomEvent('answer', { detail: evil }))
        dispatchEvent(new MessageEvent('answer', { data: evil }))
        dispatchEvent(new ErrorEvent('answer', { error: evil }))
        dispatchEvent(new PopStateEvent('answer', { state: evil }))
        dispatchEvent(new CustomEvent('answer', { detail: { plain: [1] } }))
        const own = new Error('of the page')
        let isItself
        addEventListener('error', event => { isItself = event.error === own }, { once: true, capture: true })
        setTimeout(() => { throw own })
        const heardAnswers = await answers
        await settled()
        return JSON.stringify({ seen, heard, read: heardAnswers, isItself, failures: web.failures() })
        """, in: ipc)
      #expect(
        told
          == #"""
          {"seen":[null,null,null,null,"object",null,"string",null,"null","object","Error: of the page"],\#
          "heard":[true,true,true,true],"read":[null,null,null,null,{"plain":[1]}],\#
          "isItself":true,"failures":["own","of the page"]}
          """#
      )
      #expect(stolen == [])
    }

    @Test func `An error that nobody caught is the page's own, whichever way its script came`() throws {
      let ipc = try start()
      try ipc.window.evaluate(
        """
        electron.contextBridge.executeInMainWorld({ func: () => {
          globalThis.throwLater = () => setTimeout(() => { throw new Error('of a function') })
        } })
        """, in: .preload)
      let (told, _) = try run(
        """
        const heardFrom = async way => {
          const heard = new Promise(resolve => addEventListener('error', resolve, { once: true }))
          way()
          const { error } = await heard
          return error instanceof Error
        }
        const file = Object.assign(document.createElement('script'), { src: '../throwing-preload.js' })
        return [await heardFrom(() => document.body.append(file)), await heardFrom(throwLater)].join()
        """, in: ipc)
      #expect(told == "true,true")
    }

    @Test func `A numbered world is kept apart like the preload's`() throws {
      let ipc = try start()
      try ipc.window.evaluate(
        """
        electron.webFrame.executeJavaScriptInIsolatedWorld(7, [{ code: `
          addEventListener('go', () => {
            (async () => { throw new Error('of a world') })()
            setTimeout(() => { throw Object.assign(new Error('of a name'), { f: () => 1 }) })
            document.dispatchEvent(new CustomEvent('told', { detail: { get text () { \
              return missing.text } } }))
            globalThis.isOwn = new AbortController()
            isOwn.abort()
            document.body.title = String(customElements === null \
              && isOwn.signal.reason instanceof DOMException && (function () { return this === undefined })())
          }); 1` }])
        electron.webFrame.executeJavaScriptInIsolatedWorld(7, [{ url: new URL('world.js', \
        location.href).href, code: `
          addEventListener('go', () => { setTimeout(() => { throw Object.assign(new Error('of an address'), \
        { deep: [{}] }) }, 20) }); 1` }])
        """, in: .preload)
      let (told, stolen) = try run(
        """
        const seen = []
        addEventListener('error', event => { judge(event.error, 'error'); \
          seen.push(event.error && event.error.message) })
        addEventListener('unhandledrejection', event => { seen.push('a rejection'); \
          judge(event.promise, 'promise'); judge(event.reason, 'reason') })
        document.addEventListener('told', event => { judge(event.detail, 'detail'); seen.push(event.detail) })
        const late = new Promise(resolve => {
          addEventListener('error', ({ error }) => { if (error?.message === 'of an address') resolve() })
        })
        dispatchEvent(new Event('go'))
        await late
        await settled()
        return JSON.stringify([seen, document.body.title])
        """, in: ipc)
      // The last is WebKit's copy: its URL does not show whether the script is the page's.
      #expect(told == #"[[null,null,"of an address"],"true"]"#)
      #expect(stolen == [])
    }

    @Test func `A frame is an element of the preload's own realm`() throws {
      let ipc = try start()
      let (told, _) = try run(
        """
        const frame = document.createElement('iframe')
        frame.src = 'child.html'
        document.body.append(frame)
        await new Promise(resolve => { frame.onload = resolve })
        return 'loaded'
        """, in: ipc)
      #expect(told == "loaded")
      #expect(
        try ipc.preload("String(document.querySelector('iframe') instanceof HTMLIFrameElement)") == "true")
    }

    @Test func `A window does not cross, as the value of a call or as the this of a function`() throws {
      let ipc = try start()
      let (told, stolen) = try run(
        """
        const told = []
        for (const act of [() => narrow.self(), () => narrow.give(window), () => narrow.call(() => window), \
          () => narrow.give({ deep: [window] }), () => \
          narrow.give(document.querySelector('iframe').contentWindow)]) {
          try { told.push(Object.keys(act()).length) } catch (error) { \
            told.push(error.message.includes('could not be cloned')) }
        }
        return told.join()
        """.replacing(
          "const told = []", with: "const told = []; document.body.append(document.createElement('iframe'))"),
        in: ipc)
      // The first is the object of a method call, which is not a window.
      #expect(told == "8,true,true,true,true")
      #expect(stolen == [])
    }

    @Test
    func
      `A page without animation frames, and one that hides what the bridge asks of it, is ready`()
      throws
    {
      let ipc = try start()
      try ipc.app.waitForLog("ready-to-show")
      try ipc.window.evaluate(
        "dispatchEvent(new Event('message')); dispatchEvent(new MessageEvent('message', { "
          + "ports: [new MessageChannel().port1] })); document.dispatchEvent(new Event('visibilitychange')); "
          + "1"
      )
      #expect(try ipc.invoke("window-count") == 1)
      #expect(!ipc.app.log.contains("TypeError"))
    }
  }
}
