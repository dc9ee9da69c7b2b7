// The attacks of the hostile suite that need a window; the format is that of Tests/Hostile/attacks.js.
'use strict'

;(() => {
  // Searches the stack for its caller, from inside any function that the DOM calls synchronously.
  const spy = `
    function lookDown () {
      let f = lookDown
      for (let i = 0; i < 30; i++) { try { f = f.caller } catch (e) { grab(e); break } if (!f) break; grab(f); try { grab(f.arguments) } catch {} }
      try { grab(arguments.callee.caller) } catch (e) { grab(e) }
    }
    globalThis.lookDown = lookDown
    globalThis.turns = async (n) => { for (let i = 0; i < n; i++) await new Promise((resolve) => { setTimeout(resolve, 5) }) }`

  return [
    {
      name: 'page code that runs during the preload: events, custom elements, observers, uncaught errors',
      before: `${spy}
        const seen = (e) => { grab(e); for (const key of ['detail', 'error', 'reason', 'promise', 'data', 'source', 'target', 'currentTarget', 'relatedTarget', 'message', 'state', 'info', 'destination', 'composedPath']) { try { grab(typeof e[key] === 'function' ? e[key]() : e[key], e.type + '.' + key) } catch (x) { grab(x) } } }
        for (const type of ['go', 'error', 'unhandledrejection', 'rejectionhandled', 'message']) window.addEventListener(type, function (e) { seen(e); grab(this); lookDown(); Array.prototype.push = () => { hit('push') } }, true)
        globalThis.navigation && navigation.addEventListener('navigate', (e) => { seen(e); grab(e.info, 'navigate.info') })
        window.onerror = function (...all) { grab(all); lookDown() }
        customElements.define('evil-element', class extends HTMLElement {
          static observedAttributes = ['x']
          constructor () { super(); grab(this); lookDown() }
          connectedCallback () { grab(this); grab(arguments); lookDown() }
          disconnectedCallback () { grab(arguments); lookDown() }
          attributeChangedCallback (...all) { grab(all); lookDown() }
        })
        new MutationObserver((...all) => { grab(all) }).observe(document, { childList: true, subtree: true, attributes: true })`,
      preload: `{
        document.dispatchEvent(new CustomEvent('go', { detail: { secret: { a: 1 } } }))
        document.dispatchEvent(new CustomEvent('go', { detail: () => 1 }))
        const made = document.createElement('evil-element')
        made.secret = { of: 'the preload' }
        made.setAttribute('x', '1'); document.body.append(made); made.remove()
        window.dispatchEvent(new ErrorEvent('error', { error: Object.assign(new Error('of the preload'), { secret: {} }) }))
        for (const [Kind, type, init] of [['MessageEvent', 'message', { data: { secret: {} } }], ['MessageEvent', 'message', { data: () => 1 }], ['PopStateEvent', 'go', { state: { secret: {} } }], ['ErrorEvent', 'error', { error: { secret: {} } }], ['PromiseRejectionEvent', 'unhandledrejection', { promise: Promise.resolve(1), reason: { secret: {} } }]]) window.dispatchEvent(new window[Kind](type, init))
        try { trustedTypes.createPolicy('default', { createHTML () { throw Object.assign(new Error('no'), { secret: {} }) }, createScript: (x) => x, createScriptURL: (x) => x }) } catch {}
        try { navigation.addEventListener('navigate', (e) => { e.preventDefault() }); navigation.navigate('#preload', { info: { secret: {} }, state: { secret: {} } }) } catch {}
        try { customElements.define('made-by-preload', class extends HTMLElement { static secret = {} }) } catch {}
        reportError(Object.assign(new Error('reported'), { secret: {} }))
        setTimeout(() => { throw Object.assign(new Error('uncaught'), { secret: {} }) })
        queueMicrotask(() => { throw Object.assign(new Error('uncaught, too'), { secret: {} }) })
        Promise.reject(Object.assign(new Error('unhandled'), { secret: {} }))
        document.addEventListener('back', () => { throw Object.assign(new Error('in a listener'), { secret: {} }) })
        window.postMessage({ secret: {} }, '*')
        contextBridge.exposeInMainWorld('rejectLater', () => { setTimeout(() => { Promise.reject(Object.assign(new Error('later'), { secret: {} })) }) })
      }`,
      page: `document.dispatchEvent(new Event('back')); rejectLater(); await turns(6)
        if (globalThis.trustedTypes) { grab(trustedTypes.defaultPolicy, 'policy'); for (const act of [() => { document.createElement('p').innerHTML = 'x' }, () => trustedTypes.defaultPolicy.createHTML('x')]) try { grab(act()) } catch (e) { grab(e, 'thrown by a policy') } }
        let own = 0; addEventListener('unhandledrejection', (e) => { own++; grab(e.promise, 'own promise') }); Promise.reject(1); (class extends Promise {}).reject(2); await turns(4); check(own === 2, 'the page receives events for its own two rejections: ' + own)
        check(customElements.get('evil-element') !== undefined, 'the attack ran')`
    },

    {
      name: 'preload values that the DOM keeps: state, handlers, marks, elements, expandos, promises',
      preload: `{
        history.replaceState({ secret: { a: 1 } }, '')
        document.body.onclick = function secret () { return kept }
        document.onkeydown = () => 1; window.onresize = () => 1; document.body.setAttribute('onfocus', 'return 1')
        performance.mark('preload', { detail: { secret: {} } })
        new BroadcastChannel('preload').postMessage({ secret: {} })
        document.body.secret = { a: 1 }; document.secret = { a: 1 }; document.documentElement.secret = () => 1
        document.fonts.ready.secret = { a: 1 }; navigator.secret = { a: 1 }; location.secret = { a: 1 }; performance.secret = {}
        const animation = document.body.animate([{ opacity: 1 }, { opacity: 0 }], 1e6)
        animation.finished.secret = { a: 1 }; animation.ready.secret = {}; animation.onfinish = () => 1; animation.secret = {}
        document.styleSheets.secret = {}; document.adoptedStyleSheets.secret = {}; getSelection().secret = {}; screen.secret = {}; localStorage.secret = 'text'
        Node.prototype.secret = () => 1; HTMLElement.prototype.click = function () { return kept }; EventTarget.prototype.addEventListener = () => kept
        try { customElements.define('preload-element', class extends HTMLElement { secret = {} }) } catch {}
        const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL, () => 1)
        document.body.attachShadow?.({ mode: 'open' }).replaceChildren('text')
      }`,
      page: `
        globalThis.turns = async (n) => { for (let i = 0; i < n; i++) await new Promise((resolve) => { setTimeout(resolve, 5) }) }
        const channel = new BroadcastChannel('preload'); channel.onmessage = (e) => { grab(e); grab(e.data) }
        addEventListener('popstate', (e) => { grab(e); grab(e.state) })
        grab(history.state); grab(document.body.onclick, 'onclick'); grab(document.onkeydown, 'onkeydown'); grab(window.onresize, 'onresize'); grab(document.body.onfocus)
        for (const entry of performance.getEntries()) { grab(entry); grab(entry.detail) }
        for (const holder of [document.body, document, document.documentElement, document.fonts.ready, navigator, location, performance, document.styleSheets, document.adoptedStyleSheets, getSelection(), screen, Node.prototype]) {
          grab(holder); check(typeof holder.secret === 'undefined', 'no property of the preload on ' + Object.prototype.toString.call(holder)) }
        check(/native code/.test(Function.prototype.toString.call(HTMLElement.prototype.click)), 'the prototypes are the page\\'s own')
        for (const animation of document.getAnimations()) { grab(animation, 'animation'); grab(animation.finished, 'finished'); grab(animation.ready, 'ready'); grab(animation.onfinish, 'onfinish'); grab(animation.effect); check(animation.finished.secret === undefined, 'no property of the preload on a promise of an animation'); animation.cancel() }
        try { const Made = customElements.get('preload-element'); grab(Made, 'customElements.get'); if (Made) grab(new Made(), 'new element'); grab(document.createElement('preload-element'), 'createElement'); grab(customElements.whenDefined('preload-element'), 'whenDefined') } catch (e) { grab(e) }
        grab(document.body.shadowRoot)
        history.pushState({ page: {} }, ''); history.back(); await turns(10)
        grab(history.state); channel.close()`
    },

    {
      name: 'nodes as values: disguised nodes, nodes of other documents, and host objects that are no nodes',
      page: `
        const node = document.createElement('div')
        for (const key of ['nodeType', 'ownerDocument', 'constructor', 'size']) Object.defineProperty(node, key, { get () { hit(key); grab(this); return 1 } })
        const bare = document.createElement('p'); Object.setPrototypeOf(bare, null)
        const evil = document.createElement('b'); Object.setPrototypeOf(evil, { get nodeType () { hit('nodeType') } })
        const parsed = new DOMParser().parseFromString('<p>x</p>', 'text/html')
        const liar = document.createElement('u'); liar[Symbol.toStringTag] = 'Promise'
        const shadow = document.createElement('div').attachShadow({ mode: 'closed' })
        const attribute = document.createAttribute('x')
        for (const value of [node, bare, evil, liar, document, document.documentElement, document.all, document.createTextNode('x'), attribute, shadow, parsed, parsed.body, document.createRange(), document.querySelectorAll('p'), document.body.style, document.body.dataset, document.body.classList,
          new Event('x'), new CustomEvent('x', { detail: () => node }), new MessageChannel().port1, new AbortController().signal, new ImageData(1, 1), new File(['x'], 'name'), new FormData(), new Request('x'), new Response('x'), new ReadableStream(), localStorage, crypto, new XMLHttpRequest(), new URL('app://x/'), getSelection(), new MutationObserver(() => {})]) {
          for (const place of [(v) => api.echo(v), (v) => api.call(() => v), (v) => api.echo([{ v }]), (v) => api.later(v), (v) => api.call(() => { throw v })]) { try { grab(await place(value)) } catch (e) { grab(e) } }
        }
        check(api.echo(node) === node, 'a node returns as the same node')
        try { grab(api.echo(new Proxy(document.body, { get (t, k) { grab(t); grab(k); return t[k] } }))) } catch (e) { grab(e) }`
    },

    {
      name: 'nodes of a same-origin frame, and its window',
      page: `
        const { body } = frame.document
        check(api.echo(body) === body, 'a node of a frame returns as the same node')
        check(api.call(() => body) === body, 'a node of a frame, returned by a callback, is the same node')
        for (const value of [frame.document, frame.location, frame.navigator, frame.localStorage, frame.getComputedStyle(body), new frame.Blob(['x']), new frame.Event('x')]) { try { api.echo(value) } catch (e) { grab(e) } }
        try { grab(Object.getPrototypeOf(api.echo(frame)) === Object.prototype || api.echo(frame) === frame) } catch (e) { grab(e) }`
    },

    {
      name: 'bridged functions as values for postMessage, structuredClone and history',
      page: `
        globalThis.turns = async (n) => { for (let i = 0; i < n; i++) await new Promise((resolve) => { setTimeout(resolve, 5) }) }
        addEventListener('message', (e) => { grab(e); grab(e.data); grab(e.source); grab(e.ports) })
        const { port1, port2 } = new MessageChannel(); port2.onmessage = (e) => { grab(e.data) }
        for (const value of [api, api.echo, [api.echo], { f: api.echo }, new Map([[api.echo, 1]]), api.later({})]) {
          for (const act of [() => postMessage(value, '*'), () => frame.postMessage(value, '*'), () => port1.postMessage(value), () => structuredClone(value), () => history.replaceState(value, ''), () => new CustomEvent('x', { detail: value }), () => postMessage(1, '*', [value]), () => indexedDB.cmp(value, value)]) {
            try { const made = act(); grab(made) } catch (e) { grab(e); check(e instanceof DOMException || e instanceof TypeError || e instanceof frame.DOMException, 'an error of the page: ' + e) } }
        }
        let refused = 0; try { postMessage(api.echo, '*') } catch (e) { refused = e.name } check(refused === 'DataCloneError', 'postMessage refuses a bridged function')
        postMessage(api.values().map, '*'); postMessage(api.nested.list[1], '*'); port1.postMessage(api.values().list); grab(structuredClone(api.values().date)); await turns(4); port1.close()`
    },

    {
      name: 'about:blank, javascript:, srcdoc and data: frames, with intrinsics that are not patched',
      page: `
        globalThis.turns = async (n) => { for (let i = 0; i < n; i++) await new Promise((resolve) => { setTimeout(resolve, 5) }) }
        const realms = []
        for (const attributes of [{}, { src: 'about:blank' }, { src: 'javascript:parent.ran = 1, "<p>x</p>"' }, { srcdoc: '<script>parent.inside = typeof api + typeof require + typeof electron + typeof martletReceive</script>' }, { src: 'data:text/html,x' }, { src: 'other.html' }, { sandbox: 'allow-scripts', srcdoc: 'x' }, { sandbox: 'allow-same-origin allow-scripts', src: 'other.html' }]) {
          const element = document.createElement('iframe')
          for (const key in attributes) element.setAttribute(key, attributes[key])
          document.body.append(element); realms.push(element)
        }
        await turns(20)
        check(globalThis.ran === 1, 'a javascript: frame ran'); check(globalThis.inside === 'undefinedundefinedundefinedundefined', 'nothing of the bridge in a srcdoc frame: ' + globalThis.inside)
        for (const element of realms) {
          const w = element.contentWindow
          let other; try { other = w.eval('this') } catch { continue }
          for (const name of ['api', 'require', 'process', 'electron', 'contextBridge', 'ipcRenderer', 'martletReceive', 'probe']) check(other.eval('typeof ' + name) === 'undefined', name + ' in ' + element.src)
          check(other.webkit === undefined || other.webkit.messageHandlers === undefined || other.webkit.messageHandlers.martlet === undefined, 'no message handler in a frame')
          // The frame's unmodified functions call bridged functions.
          grab(other.Reflect.apply(api.echo, undefined, [{}])); grab(other.Function.prototype.call.call(api.both, undefined, {}, []))
          try { grab(other.Array.from([{}], api.echo)[0]) } catch (e) {} try { other.Reflect.apply(api.fail, undefined, []) } catch (e) { grab(e) }
          grab(api.call(other.eval('(...all) => { globalThis.all = all; return 1 }'))); for (let i = 0; i < other.all.length; i++) grab(other.all[i]); delete other.all
          grab(api.echo(other.eval('({ a: { b: [{}] } })'))); grab(await api.later(other.eval('Promise.resolve({ a: 1 })')))
          try { const Evil = other.eval('(class extends Promise { static get [Symbol.species] () { return Object } })'); grab(await api.echo(Evil.resolve({ a: 1 }))) } catch (e) { if (e instanceof Error) grab(e) }
          // The same after the frame has been removed.
          const late = other.eval('(x) => { late = x; return { x } }'), listed = other.eval('[{}]'); element.remove()
          try { grab(api.call(late)) } catch (e) { grab(e) } try { grab(api.echo(late) === late) } catch (e) { grab(e) } try { grab(api.echo(listed)) } catch (e) { grab(e) }
        }
        realms.forEach((element) => element.remove())`
    },

    {
      name: 'a javascript: URL and an inline handler of the page itself',
      page: `
        globalThis.turns = async (n) => { for (let i = 0; i < n; i++) await new Promise((resolve) => { setTimeout(resolve, 5) }) }
        location.href = 'javascript:void (window.fromURL = [typeof require, typeof electron, typeof contextBridge, api.echo({ a: 1 })])'
        document.body.setAttribute('onclick', 'window.fromHandler = [typeof require, typeof electron, api.echo({ a: 1 }), arguments.callee.caller]'); document.body.click()
        await turns(6)
        for (const found of [fromURL, fromHandler]) { grab(found); check(found[0] === 'undefined' && found[1] === 'undefined', 'the script runs in the page\\'s world') }
        const script = document.createElement('script'); script.textContent = 'window.fromScript = [typeof require, document.currentScript, api.echo({})]'; document.body.append(script); grab(fromScript)`
    },

    {
      name: 'document.open in a frame, and values that are exposed later',
      preload: "contextBridge.exposeInMainWorld('expose', (key) => { contextBridge.exposeInMainWorld(key, { v: { w: 1 }, f: () => ({}) }) }); contextBridge.exposeInMainWorld('body', () => document.body)",
      page: `
        const before = api
        expose('late'); grab(late); grab(late.f()); check(late.v.w === 1, 'a value that is exposed later arrives'); check(api === before, 'the first exposed object stays the same'); grab(body())
        grab(api.values()); grab(api.call((...all) => { grab(all); frame.document.open(); frame.document.close(); return { all } })); try { api.fail() } catch (e) { grab(e) }
        frame.document.open(); frame.document.write('<script>parent.ranInFrame = typeof api + typeof require<' + '/script>'); frame.document.close()`
    },

    {
      name: 'bridged functions as callbacks of the DOM and the engine',
      before: spy,
      page: `
        addEventListener('error', (e) => { grab(e); grab(e.error); e.preventDefault() }); addEventListener('unhandledrejection', (e) => { grab(e.reason); e.preventDefault() })
        for (const f of [api.echo, api.fail, api.failText, api.many, api.rejects, api.unclonable]) {
          for (const act of [() => { document.addEventListener('x', f); document.dispatchEvent(new CustomEvent('x', { detail: {} })) }, () => { document.onclick = f; document.body.click(); grab(document.onclick); document.onclick = null },
            () => setTimeout(f, 0, {}), () => queueMicrotask(f), () => requestAnimationFrame(f), () => new MutationObserver(f).observe(document, { childList: true, subtree: true }), () => document.createTreeWalker(document, NodeFilter.SHOW_ALL, f).nextNode(),
            () => customElements.define('x-' + Math.random().toString(36).slice(2), f), () => new Promise(f), () => Promise.resolve({}).then(f), () => Promise.reject({}).catch(f), () => [{}].map(f), () => [{}, {}].sort(f), () => Array.from({ length: 2 }, f), () => JSON.stringify({ a: {} }, f), () => JSON.parse('{"a":{}}', f), () => 'x'.replace(/x/, f),
            () => ({ [Symbol.toPrimitive]: f }) + '', () => { const o = { valueOf: f, toString: f }; return o * 1 }, () => { for (const x of { [Symbol.iterator]: f }) grab(x) }, () => { class X extends Array { static get [Symbol.species] () { return f } } return new X(3).map((x) => x) }, () => new Proxy({}, { get: f, ownKeys: f, getPrototypeOf: f }).x, () => Object.defineProperty({}, 'x', { get: f, set: f }).x, () => Reflect.construct(Object, [], f), () => new WebAssembly.Module(f), () => [].reduce(f, {}), () => new Map([[f, f]]).forEach(f), () => f\`x\`, () => new Function('f', 'return f({})')(f), () => [{}].find(f), () => new FinalizationRegistry(f).register({}, {}), () => crypto.subtle.digest(f, new Uint8Array(1)), () => new Intl.DateTimeFormat(f), () => fetch(f), () => new Blob([f]), () => document.body.append(f)]) {
            try { const got = act(); grab(got); if (got instanceof Promise) got.catch((e) => { grab(e) }) } catch (e) { grab(e) } }
        }
        document.body.append(document.createElement('i')); await turns(8)`
    },

    {
      name: 'buffers that are detached while they are copied, and WebAssembly memory that grows',
      page: `
        const detach = (buffer) => { structuredClone(buffer, { transfer: [buffer] }) }
        const { port1, port2 } = new MessageChannel()
        for (const steal of [detach, (buffer) => { port1.postMessage(0, [buffer]) }, (buffer) => { buffer.transfer && buffer.transfer() }]) {
          for (const view of [(b) => b, (b) => new Uint8Array(b), (b) => new DataView(b, 4), (b) => new Float64Array(b)]) {
            const make = () => { const b = new ArrayBuffer(64); const v = view(b); return { get a () { steal(b); return 1 }, v, list: [v, v] } }
            for (const place of [(v) => api.echo(v), (v) => api.call(() => v), (v) => api.later(v), (v) => api.many(v, v), (v) => api.echo(new Map([[v, v]]))]) { try { grab(await place(make())) } catch (e) { grab(e) } }
            const b = new ArrayBuffer(64), v = view(b); steal(b); try { grab(api.echo(v)) } catch (e) { grab(e) }
          }
        }
        port1.close(); port2.close()
        if (globalThis.WebAssembly) { const memory = new WebAssembly.Memory({ initial: 1, maximum: 4 }); const bytes = new Uint8Array(memory.buffer); try { grab(api.echo({ get a () { memory.grow(1); return 1 }, bytes }).bytes) } catch (e) { grab(e) } try { grab(api.echo(memory)) } catch (e) { grab(e) } try { grab(api.echo(new Uint8Array(memory.buffer)).length) } catch (e) { grab(e) } }
        const image = new ImageData(2, 2); grab(api.echo(image.data)); const copy = api.echo(new Uint8Array([1, 2])); copy[0] = 9; grab(copy.buffer); grab(copy.constructor)`
    },

    {
      name: 'FinalizationRegistry and WeakRef during real garbage collections',
      page: `
        const held = []
        const registry = globalThis.registry = new FinalizationRegistry((value) => { held.push(value); grab(value) }), refs = []
        for (let i = 0; i < 200; i++) { const made = api.make(), result = api.echo({ i, f: () => 1 }); registry.register(result, { i }); registry.register(result.f, i); refs.push(new WeakRef(result)); api.call(() => result); const fresh = api.values(); registry.register(fresh, { fresh: i }); registry.register(fresh.f, fresh.promise); refs.push(new WeakRef(fresh.f)) }
        for (let i = 0; i < 400 && held.length === 0; i++) { for (let j = 0; j < 20; j++) { new ArrayBuffer(1 << 20); Array.from({ length: 5000 }, () => ({})) } await new Promise((resolve) => { setTimeout(resolve, 5) }) }
        check(held.length > 0, 'something was collected')
        for (const ref of refs) grab(ref.deref())`
    },

    {
      name: 'the bridge\'s globals and function sources, which the page must not see',
      page: `
        for (const name of ['probe', 'electron', 'contextBridge', 'require', 'module', 'exports', 'process', 'Buffer', 'global', 'setImmediate', 'kept', 'failed', 'martletReceive', 'ipcRenderer']) { check(typeof globalThis[name] === 'undefined', name); check(frame.eval('typeof ' + name) === 'undefined', name + ' in the frame') }
        check(!globalThis.webkit || !webkit.messageHandlers || webkit.messageHandlers.martlet === undefined, 'no message handler')
        for (const f of [api.echo, api.fail, api.values().f]) { check(/^function\\s*\\w*\\(\\)\\s*\\{\\s*\\[native code\\]\\s*\\}$/.test(Function.prototype.toString.call(f).replace(/\\n/g, ' ')) || !Function.prototype.toString.call(f).includes('listeners'), 'no source: ' + Function.prototype.toString.call(f).slice(0, 40)) }
        for (const script of document.scripts) check(!script.textContent.includes('contextBridge'), 'no script of the preload in the document')
        for (const g of [api.echo.constructor, (async () => {}).constructor, Object.getPrototypeOf(function * () {}).constructor]) { check(g('return typeof require + typeof electron + typeof contextBridge')() !== 'objectobjectobject', 'function constructors make functions of the page'); grab(g('return globalThis')) }
        check(api.echo.constructor('return globalThis')() === globalThis, 'its constructor gives the page\\'s global')`
    }
  ]
})()
