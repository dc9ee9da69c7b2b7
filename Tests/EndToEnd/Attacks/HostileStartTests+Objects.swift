// Objects that a hostile page is after: events, errors, numbered worlds, windows.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd.HostileStartTests {
  @Test func `A preload's web objects are its own, and take none of its functions to the page`()
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

  @Test func `The values of an event throw nothing in the other world, and are unchanged in their own`()
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
    let ipc = try answered(IpcApp("hostile/preload.js", "hostile/page.html", environment: wholeEngine))
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
