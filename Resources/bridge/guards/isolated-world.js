'use strict'

// What WebKit would carry between an isolated world and the page's by itself, raw, past the membrane (seen in 2.50.6 and
// 2.54.3; Tests/Engine says how much of an engine was looked at).
// In Chromium none of it can happen. Each of the guards runs once, before any script of the page's and of the app's. Its
// text is also run in the other isolated worlds: it uses nothing from outside of itself.

/** Takes away what makes objects for all worlds of a page. */
function hideShared () {
  // A custom element's class, and what its constructor makes, are handed to every world.
  // A policy's functions are called by every world, and what they throw is thrown there.
  // A navigation's `info` is handed to every world's listeners, and what a handler throws to all who ask how it went.
  for (const name of ['customElements', 'trustedTypes', 'navigation']) {
    if (Object.hasOwn(globalThis, name)) Object.defineProperty(globalThis, name, { value: null })
  }
}

/**
 * Keeps the event of a rejection of the preload's from the page: it could learn nothing from it (realm-guard.js), and
 * would have to understand an event without a reason. This listener is there before any of the page's, and of the
 * preload's; the console still tells.
 */
function keepRejections () {
  const keep = event => { if (event.promise !== undefined) event.stopImmediatePropagation() }
  for (const type of ['unhandledrejection', 'rejectionhandled']) addEventListener(type, keep, { capture: true })
}

/**
 * Keeps what events carry in this world. Another world that reads it has WebKit clone it then and there: getters of ours
 * run in the midst of its scripts, and what they throw is thrown at it, as it is. So an event gets a copy that has no
 * getters any more, or null where there can be none, and this world reads the original from beside it.
 */
function keepData () {
  const { apply, construct, defineProperty, getOwnPropertyDescriptor } = Reflect
  const { create } = Object
  const ownValue = name => getOwnPropertyDescriptor(globalThis, name)?.value
  const clone = structuredClone
  const dispatchEvent = EventTarget.prototype.dispatchEvent
  const ObjectHere = Object
  const isPrimitive = value => ObjectHere(value) !== value // `document.all` says that it is undefined
  const copyOf = value => {
    try { return clone(value) } catch { return null }
  }
  const kept = new WeakMap()

  // A value that WebKit does not clone itself is null at once: a copy made here would be of this world, too.
  const nothing = () => null
  for (const [name, key, init, share = copyOf] of [
    ['CustomEvent', 'detail', 'initCustomEvent'], ['MessageEvent', 'data', 'initMessageEvent'],
    ['ErrorEvent', 'error'], ['PopStateEvent', 'state'], ['NavigateEvent', 'info', undefined, nothing]
  ]) {
    const Native = ownValue(name)
    const { get, enumerable } = (Native && getOwnPropertyDescriptor(Native.prototype, key)) ?? {}
    if (get === undefined) continue
    const { prototype } = Native
    const own = { get [key] () { return kept.has(this) ? kept.get(this) : apply(get, this, []) } }
    defineProperty(prototype, key, {
      get: getOwnPropertyDescriptor(own, key).get, set: undefined, enumerable, configurable: true
    })
    const Made = new Proxy(Native, {
      construct (_target, args, newTarget) {
        const made = newTarget === Made ? Native : newTarget
        const value = isPrimitive(args[1]) ? undefined : args[1][key]
        if (isPrimitive(value)) return construct(Native, args, made)
        const event = construct(Native, [args[0], create(args[1], { [key]: { value: share(value) } })], made)
        kept.set(event, value)
        return event
      }
    })
    defineProperty(prototype, 'constructor', { value: Made, writable: true, enumerable: false, configurable: true })
    defineProperty(globalThis, name, { value: Made, writable: true, enumerable: false, configurable: true })
    const initialize = prototype[init]
    if (initialize === undefined) continue
    const initializers = {
      [init] (...args) {
        const value = args[3]
        if (!isPrimitive(value)) args[3] = copyOf(value)
        apply(initialize, this, args)
        kept.delete(this)
        if (!isPrimitive(value)) kept.set(this, value)
      }
    }
    defineProperty(prototype, init, {
      value: initializers[init], writable: true, enumerable: true, configurable: true
    })
  }

  // Any target can go along with an event that it is related to, a request or a signal, and another world that reads what
  // it holds gets it raw, or WebKit ends. So only nodes and windows do, and no signal of a navigation.
  const answers = (get, value) => {
    try {
      apply(get, value, [])
      return true
    } catch {
      return false
    }
  }
  const nodeType = getOwnPropertyDescriptor(Node.prototype, 'nodeType').get
  const windowOf = getOwnPropertyDescriptor(globalThis, 'window').get
  const mayGo = target => target === null || answers(nodeType, target) || answers(windowOf, target)
  const carriers = [MouseEvent, FocusEvent].map(Kind => {
    const { get } = getOwnPropertyDescriptor(Kind.prototype, 'relatedTarget')
    const guarded = { get relatedTarget () {
      const target = apply(get, this, [])
      return mayGo(target) ? target : null
    } }
    defineProperty(Kind.prototype, 'relatedTarget', {
      get: getOwnPropertyDescriptor(guarded, 'relatedTarget').get, set: undefined, enumerable: true, configurable: true
    })
    return [Kind, get]
  })
  const Navigate = ownValue('NavigateEvent')
  const dispatchers = { dispatchEvent (event) {
    if ((Navigate !== undefined && event instanceof Navigate) ||
      carriers.some(([Kind, get]) => event instanceof Kind && !mayGo(apply(get, event, [])))) {
      throw new TypeError('A preload cannot dispatch an event that carries a target which is neither a node nor a window')
    }
    return apply(dispatchEvent, this, arguments)
  } }
  defineProperty(EventTarget.prototype, 'dispatchEvent', {
    value: dispatchers.dispatchEvent, writable: true, enumerable: true, configurable: true
  })

  // An error that nobody caught: the page hears its text, as ever, and of the error itself nothing.
  // WebKit 2.54 keeps the copy that the first look of another world makes, and gives it to the page as well. So an error of
  // the page's own is not looked at: its script has an address. A preload has a path, a numbered world's script a name.
  // A wrong guess is harmless. A page's script without an address loses its error object on 2.54. The error of a preload's
  // script with an address (a `sourceURL`, an app's `url`) reaches the page as WebKit's copy, never raw: realm-guard.js.
  const address = /^(?!martlet:)[a-z][a-z0-9+.-]*:/i
  const errorOf = getOwnPropertyDescriptor(ErrorEvent.prototype, 'error').get
  const Made = ownValue('ErrorEvent')
  addEventListener('error', event => {
    if (!event.isTrusted || !(event instanceof Made) || address.test(event.filename)) return
    const error = apply(errorOf, event, [])
    // Of another world's error each look makes a new copy, before 2.54.
    if (isPrimitive(error) || apply(errorOf, event, []) !== error) return
    event.stopImmediatePropagation()
    const { message, filename, lineno, colno } = event
    const instead = new Made('error', { message, filename, lineno, colno, error: null, cancelable: true })
    kept.set(instead, error)
    if (!apply(dispatchEvent, window, [instead])) event.preventDefault()
  }, { capture: true })
}

/**
 * Has this realm make what WebKit would make for it in the page's, whose prototypes are the page's: `await` would call the
 * page's `then` with functions of this world.
 */
function keepRealm () {
  const { apply, defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf } = Reflect
  const PromiseHere = Promise
  const { then } = Promise.prototype
  const { prototype: ObjectPrototype } = Object
  const prototypeOf = name => getOwnPropertyDescriptor(globalThis, name)?.value.prototype
  const getter = (holder, key) => getOwnPropertyDescriptor(holder, key).get
  const method = (holder, name, value) => {
    if (holder !== undefined && name in holder) defineProperty(holder, name, { value, writable: true, enumerable: true, configurable: true })
  }
  const property = (holder, name, get) => {
    defineProperty(holder, name, { get, set: undefined, enumerable: true, configurable: true })
  }

  const ObjectHere = Object
  const isPrimitive = value => ObjectHere(value) !== value
  const isOwn = value => {
    try {
      let last = value
      for (let next; (next = getPrototypeOf(last)) !== null;) last = next
      return last === ObjectPrototype
    } catch {
      return false // a Proxy of the page's
    }
  }
  const messageOf = getter(DOMException.prototype, 'message')
  const nameOf = getter(DOMException.prototype, 'name')
  const ownError = error => {
    if (isPrimitive(error) || isOwn(error)) return error
    try {
      return new DOMException(apply(messageOf, error, []), apply(nameOf, error, []))
    } catch {
      return new TypeError('Not possible')
    }
  }
  /** A promise of ours for one of the page's, which only ever gives undefined, or fails with `failure.error` if there is one. */
  const adopt = (promise, failure) => new PromiseHere((resolve, reject) => {
    // `then` asks it for its class, by a property that the page may have replaced.
    defineProperty(promise, 'constructor', { value: PromiseHere, configurable: true })
    try {
      apply(then, promise, [() => resolve(), error => reject(isPrimitive(error) && failure && 'error' in failure ? failure.error : ownError(error))])
    } finally {
      deleteProperty(promise, 'constructor')
    }
  })

  const bodyOf = getter(Response.prototype, 'body')
  const sizeOf = getter(Blob.prototype, 'size')
  const ResponseHere = Response
  method(Blob.prototype, 'stream', { stream () {
    apply(sizeOf, this, []) // or it throws: this is no Blob
    return apply(bodyOf, new ResponseHere(this), [])
  } }.stream)

  // What was cloned has a body of the page's realm: it is read as a whole, and the stream is ours.
  for (const { prototype } of [Response, Request]) {
    const { clone, arrayBuffer } = prototype
    const body = getter(prototype, 'body')
    const streams = new WeakMap()
    method(prototype, 'clone', { clone () {
      const copy = apply(clone, this, [])
      streams.set(this, undefined).set(copy, undefined)
      return copy
    } }.clone)
    property(prototype, 'body', getter({ get body () {
      if (!streams.has(this)) return apply(body, this, [])
      if (streams.get(this) === undefined) {
        const isThere = apply(body, this, []) !== null
        streams.set(this, isThere
          ? new ReadableStream({
            pull: async controller => {
              const bytes = new Uint8Array(await apply(arrayBuffer, this, []))
              if (bytes.length > 0) controller.enqueue(bytes)
              controller.close()
            }
          })
          : null)
      }
      return streams.get(this)
    } }, 'body'))
  }

  const { abort } = AbortController.prototype
  method(AbortController.prototype, 'abort', { abort (reason = new DOMException('The operation was aborted.', 'AbortError')) {
    apply(abort, this, [reason])
  } }.abort)
  const { timeout } = AbortSignal
  method(AbortSignal, 'timeout', { timeout (milliseconds) {
    apply(timeout, AbortSignal, arguments) // which throws where that is no time
    const controller = new AbortController()
    setTimeout(() => controller.abort(new DOMException('The operation timed out.', 'TimeoutError')), milliseconds)
    return controller.signal
  } }.timeout)

  // A signal goes from world to world with an event that has one, and its reason with it, as it is.
  const reasonOf = getter(AbortSignal.prototype, 'reason')
  const reasons = new WeakMap()
  const ownReason = signal => {
    const reason = apply(reasonOf, signal, [])
    if (isPrimitive(reason)) return reason
    if (!reasons.has(signal)) reasons.set(signal, isOwn(reason) ? reason : ownError(reason))
    return reasons.get(signal)
  }
  property(AbortSignal.prototype, 'reason', getter({ get reason () { return ownReason(this) } }, 'reason'))
  const isAborted = getter(AbortSignal.prototype, 'aborted')
  method(AbortSignal.prototype, 'throwIfAborted', { throwIfAborted () {
    if (apply(isAborted, this, [])) throw ownReason(this)
  } }.throwIfAborted)

  // Every world may look at the transition that goes on. What the update of this one's threw is told to this one alone.
  const failures = new WeakMap()
  const transition = prototypeOf('ViewTransition')
  const start = Document.prototype.startViewTransition
  method(Document.prototype, 'startViewTransition', { startViewTransition (options) {
    const isFunction = typeof options === 'function'
    const { update, types } = isPrimitive(options) || isFunction ? { update: options } : options
    if (typeof update !== 'function') return apply(start, this, arguments)
    const failure = {}
    const keep = async () => {
      try {
        await update()
      } catch (error) {
        failure.error = error
        throw 'The update of a transition failed' // no object: it would be of this world
      }
    }
    const made = apply(start, this, [isFunction ? keep : { update: keep, types }])
    failures.set(made, failure)
    return made
  } }.startViewTransition)
  for (const name of ['finished', 'ready', 'updateCallbackDone']) {
    if (transition === undefined || !(name in transition)) continue
    const native = getter(transition, name)
    const promises = new WeakMap()
    property(transition, name, getter({ get [name] () {
      if (!promises.has(this)) promises.set(this, adopt(apply(native, this, []), failures.get(this)))
      return promises.get(this)
    } }, name))
  }

  // Their promises are ours; what they are rejected with may not be.
  for (const [holder, name] of [['Permissions', 'query'], ['LockManager', 'request']]) {
    const prototype = prototypeOf(holder)
    const native = prototype?.[name]
    if (native === undefined) continue
    method(prototype, name, { async [name] (...args) {
      try {
        return await apply(native, this, args)
      } catch (error) {
        throw ownError(error)
      }
    } }[name])
  }
}

hideShared()
keepRejections()
keepData()
keepRealm()
