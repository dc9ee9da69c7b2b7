// One half of contextBridge's membrane. The SAME source runs once in the page's world and once in
// the preload's, before any page script, and its value is `open`, which makes one end of one link.
// See docs in membrane-isolated.js for the hand-over. The rules that keep the wall tight:
//
// - Each half READS only objects of its own world and CREATES only objects of its own world. What
//   passes between halves is a primitive, an opaque reference that the other side only hands back,
//   or a private snapshot: a fresh object or array with own data properties and nothing else.
// - Everything used later is captured here, and called without Function.prototype.call, iterators,
//   or an assignment that could find a setter in a prototype.
// - Every call into the other half sits in a `try` whose `catch` ignores what was caught and makes
//   an error of its own world: the other half reports failures as primitives (`fail`), so an
//   exception that does get here is stack exhaustion, and belongs to the wrong realm.
// - WebKit makes some objects of an isolated world in the page's realm (the promises of a stream, some DOMExceptions):
//   their prototypes are the page's, and whatever is read of them runs its code. A half of an isolated world reads
//   nothing of an object whose prototypes are not its own.
// - No function of anybody else's is called in tail position: JavaScriptCore has proper tail calls,
//   so our strict frame would be gone and a sloppy callee's `.caller` would name the preload's
//   function below it. (Seen in 2.50.6; the `try` around each call prevents it.)
'use strict'

module.exports = (() => {
  const MAX_DEPTH = 1000
  const TOO_DEEP = 'Electron contextBridge recursion depth exceeded.  Nested objects ' +
    'deeper than 1000 are not supported.'
  const UNCLONABLE = 'An object could not be cloned.'
  const NOT_AN_ERROR = 'An unknown exception occurred in the isolated context, an error occurred ' +
    'but a valid exception was not thrown.'
  const RETURN_NOT_AN_ERROR = 'An unknown exception occurred while sending a function return value ' +
    'over the context bridge, an error occurred but a valid exception was not thrown.'
  const settledBadly = (noun, verb) => `An error was thrown while sending a promise ${noun} over the ` +
    'context bridge but it was not actually an Error object. This normally means that a promise was ' +
    `${verb} with a value that is not supported by the Context Bridge.`
  const RESULT_NOT_AN_ERROR = settledBadly('result', 'resolved')
  const REJECTION_NOT_AN_ERROR = settledBadly('rejection', 'rejected')
  const FOREIGN = 'An error that was not made in the isolated context was thrown.'
  const EXHAUSTED = 'Maximum call stack size exceeded.'

  // ---- primordials -------------------------------------------------------------------------
  const world = globalThis
  const { apply, defineProperty, getPrototypeOf, setPrototypeOf, getOwnPropertyDescriptor } = Reflect
  const { freeze, keys, getOwnPropertySymbols, prototype: ObjectPrototype } = Object
  const { isArray, prototype: ArrayPrototype } = Array
  const FunctionPrototype = Function.prototype
  const Box = Object
  const Err = Error
  const TypeErr = TypeError
  const RangeErr = RangeError
  const evaluate = eval
  const uncurry = (f) => (self, ...args) => apply(f, self, args)
  const getter = (holder, key) => {
    const found = holder && getOwnPropertyDescriptor(holder, key)
    return found && found.get && uncurry(found.get)
  }

  // Own properties of this world only: for a name that a window does not have, an element of that name stands.
  const ownValue = (name) => {
    const found = getOwnPropertyDescriptor(world, name)
    return found && found.value
  }
  const ownPrototype = (name) => {
    const found = ownValue(name)
    return found && found.prototype
  }

  // A collection whose methods are its own: nothing is looked up where the page can patch.
  const safe = (Base, names) => {
    const Safe = class extends Base { constructor () { super() } }
    for (let i = 0; i < names.length; i++) {
      defineProperty(Safe.prototype, names[i], { __proto__: null, value: Base.prototype[names[i]] })
    }
    setPrototypeOf(Safe.prototype, null)
    freeze(Safe.prototype)
    return freeze(Safe)
  }
  const SafeMap = safe(Map, ['get', 'set'])
  const SafeWeakMap = safe(WeakMap, ['get', 'set'])

  const bind = uncurry(Function.prototype.bind)
  const toText = uncurry(ObjectPrototype.toString)
  const functionText = uncurry(Function.prototype.toString)
  const PromiseHere = Promise
  const then = uncurry(PromiseHere.prototype.then)
  const DateHere = Date
  const timeOf = uncurry(Date.prototype.getTime)
  const RegExpHere = RegExp
  const sourceOf = getter(RegExp.prototype, 'source')
  // Not `flags`: that getter asks the others, by name, where the page can patch them.
  const flagGetters = [['hasIndices', 'd'], ['global', 'g'], ['ignoreCase', 'i'], ['multiline', 'm'],
    ['dotAll', 's'], ['unicode', 'u'], ['unicodeSets', 'v'], ['sticky', 'y']]
  for (let i = 0; i < flagGetters.length; i++) flagGetters[i][0] = getter(RegExp.prototype, flagGetters[i][0])
  const flagsOf = (value) => {
    let flags = ''
    for (let i = 0; i < flagGetters.length; i++) {
      const get = flagGetters[i][0]
      if (get && get(value)) flags += flagGetters[i][1]
    }
    return flags
  }
  const MapHere = Map
  const mapEach = uncurry(Map.prototype.forEach)
  const mapSet = uncurry(Map.prototype.set)
  const SetHere = Set
  const setEach = uncurry(Set.prototype.forEach)
  const setAdd = uncurry(Set.prototype.add)
  const unboxers = {
    __proto__: null,
    '[object Number]': uncurry(Number.prototype.valueOf),
    '[object String]': uncurry(String.prototype.valueOf),
    '[object Boolean]': uncurry(Boolean.prototype.valueOf),
    '[object BigInt]': uncurry(BigInt.prototype.valueOf)
  }

  const Bytes = Uint8Array
  const bufferLength = getter(ArrayBuffer.prototype, 'byteLength')
  const TypedArrayPrototype = getPrototypeOf(Uint8Array.prototype)
  const viewName = getter(TypedArrayPrototype, Symbol.toStringTag)
  const viewBuffer = getter(TypedArrayPrototype, 'buffer')
  const viewOffset = getter(TypedArrayPrototype, 'byteOffset')
  const viewLength = getter(TypedArrayPrototype, 'length')
  const dataViewBuffer = getter(DataView.prototype, 'buffer')
  const dataViewOffset = getter(DataView.prototype, 'byteOffset')
  const dataViewLength = getter(DataView.prototype, 'byteLength')
  const views = { __proto__: null, DataView }
  const viewNames = ['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array',
    'Int32Array', 'Uint32Array', 'Float16Array', 'Float32Array', 'Float64Array', 'BigInt64Array',
    'BigUint64Array']
  for (let i = 0; i < viewNames.length; i++) views[viewNames[i]] = ownValue(viewNames[i])

  // The DOM, where there is one.
  const nodeType = getter(ownPrototype('Node'), 'nodeType')
  const ofDocument = ownPrototype('Document')
  const createTreeWalker = ofDocument && uncurry(ofDocument.createTreeWalker)
  const ofWalker = ownPrototype('TreeWalker')
  const walkerNode = getter(ofWalker, 'currentNode')
  const setWalkerNode = ofWalker && uncurry(getOwnPropertyDescriptor(ofWalker, 'currentNode').set)
  const blobSize = getter(ownPrototype('Blob'), 'size')
  const cloneBlob = ownValue('structuredClone')
  const ownWindow = getter(world, 'window')
  const documentOf = getter(world, 'document')
  const exceptionMessage = getter(ownPrototype('DOMException'), 'message')
  const exceptionName = getter(ownPrototype('DOMException'), 'name')
  const Frame = ownValue('VideoFrame')
  const frameTime = getter(ownPrototype('VideoFrame'), 'timestamp')

  // What structured clone refuses, by brand.
  const refused = {
    __proto__: null,
    '[object WeakMap]': true,
    '[object WeakSet]': true,
    '[object WeakRef]': true,
    '[object FinalizationRegistry]': true,
    '[object Generator]': true,
    '[object AsyncGenerator]': true,
    '[object Module]': true,
    '[object Symbol]': true,
    '[object SharedArrayBuffer]': true,
    '[object Array Iterator]': true,
    '[object Map Iterator]': true,
    '[object Set Iterator]': true,
    '[object String Iterator]': true,
    '[object RegExp String Iterator]': true,
    '[object Iterator Helper]': true,
    '[object WebAssembly.Memory]': true,
    '[object WebAssembly.Module]': true
  }

  // ---- small tools -------------------------------------------------------------------------
  // `=== undefined` and not `typeof`: document.all says 'undefined' and is an object.
  const isPrimitive = (value) => {
    switch (typeof value) {
      case 'object': return value === null
      case 'function': return false
      case 'undefined': return value === undefined
      default: return true
    }
  }

  // A dense copy with own elements: each index is read once and written with define semantics.
  // (`toSpliced` consults neither species nor iterator; node 18 lacks it.)
  const { toSpliced } = Array.prototype
  const dense = toSpliced
    ? (list) => apply(toSpliced, list, [])
    : (list) => {
        const copy = []
        const length = list.length >>> 0
        for (let i = 0; i < length; i++) {
          defineProperty(copy, i, {
            __proto__: null, value: list[i], writable: true, enumerable: true, configurable: true
          })
        }
        return copy
      }

  const collect = (...items) => items // an array with own elements, whatever the prototypes say

  // What `read(value)` gives, or undefined where `value` is not of that brand.
  const brand = (read, value) => {
    try { return read(value) } catch { return undefined }
  }

  const exhausted = () => new RangeErr(EXHAUSTED)

  const makeError = (message, name, code) => {
    const error = new Err(message)
    if (typeof name === 'string' && name !== 'Error') {
      defineProperty(error, 'name', { __proto__: null, value: name, writable: true, configurable: true })
    }
    if (typeof code === 'string' || typeof code === 'number') {
      defineProperty(error, 'code', {
        __proto__: null, value: code, writable: true, enumerable: true, configurable: true
      })
    }
    return error
  }

  // What may be told of a thrown value: primitives only, or undefined if it has no message.
  const tell = (thrown) => {
    try {
      if (isPrimitive(thrown)) return undefined
      const { message } = thrown
      if (typeof message !== 'string') return undefined
      let { name, code } = thrown
      if (typeof name !== 'string') name = 'Error'
      if (typeof code !== 'string' && typeof code !== 'number') code = undefined
      return { message, name, code }
    } catch {
      return undefined
    }
  }
  // Of what has another realm's prototypes nothing is read but what an exception of the DOM has inside.
  const tellForeign = (thrown) => {
    const message = exceptionMessage && brand(exceptionMessage, thrown)
    if (message === undefined) return { message: FOREIGN, name: 'Error', code: undefined }
    return { message, name: brand(exceptionName, thrown), code: undefined }
  }
  const report = (told, otherwise) => told === undefined ? otherwise : `Uncaught ${told.name}: ${told.message}`

  // Whether all prototypes of an object are this realm's. One that has none may be anybody's. What a Proxy's trap throws
  // is ignored: it is another realm's, for this one's do not get here.
  const MAX_PROTOTYPES = 1000
  const isOwn = (value) => {
    try {
      let last = value
      for (let hops = 0; hops < MAX_PROTOTYPES; hops++) {
        const next = getPrototypeOf(last)
        if (next === null) return last === ObjectPrototype
        if (next === ObjectPrototype || next === FunctionPrototype || next === ArrayPrototype) return true
        last = next
      }
    } catch {}
    return false
  }

  // ---- one end of a link ---------------------------------------------------------------------
  // `isRefused(object)`, where given, names objects of this world that do not cross. `isIsolated`: only this realm's do.
  const open = (isRefused, isIsolated) => {
    let there // the other end's port: its functions run, and create, in the other world
    const FAILED = freeze({ __proto__: null }) // what `invoke` returns instead of a value
    let failure
    const proxies = new SafeWeakMap() // function of ours -> its proxy there
    const originals = new SafeWeakMap() // proxy of ours -> the function there

    const begin = (frozen) => ({ frozen, source: undefined, copy: undefined, more: undefined })

    // Identity within one call; most calls have one object or none, so the Map waits for a second.
    const recall = (walk, value) => {
      if (walk.source === value) return walk.copy
      return walk.more === undefined ? undefined : walk.more.get(value)
    }
    const remember = (walk, value, copy) => {
      if (walk.source === undefined) {
        walk.source = value
        walk.copy = copy
      } else {
        if (walk.more === undefined) walk.more = new SafeMap()
        walk.more.set(value, copy)
      }
    }

    // Into the other half. `freeze` last: a copy is filled, then frozen.
    const ask = (what, a, b, c) => {
      try { return there[what](a, b, c) } catch { throw exhausted() }
    }

    const send = (value, walk, depth, holder) => {
      switch (typeof value) {
        case 'function': return sendFunction(value, walk, holder)
        case 'object': if (value === null) return null; break
        case 'undefined': if (value === undefined) return undefined; break
        default: return value
      }
      if (depth >= MAX_DEPTH) throw new TypeErr(TOO_DEEP)
      const known = recall(walk, value)
      if (known !== undefined) return known
      if (isRefused !== undefined && isRefused(value)) throw new Err(UNCLONABLE)
      if (isIsolated) {
        let prototype
        try { prototype = getPrototypeOf(value) } catch { throw new Err(UNCLONABLE) }
        // Without a prototype it is no more than what it holds, whatever it is: each member is looked at in its turn.
        if (prototype === ObjectPrototype || prototype === null) return sendObject(value, walk, depth)
        if (!isOwn(value)) return sendForeign(value, walk)
      } else if (getPrototypeOf(value) === ObjectPrototype) return sendObject(value, walk, depth)
      if (isArray(value)) return sendArray(value, walk, depth)
      return sendExotic(value, walk, depth)
    }

    const sendFunction = (f, walk, holder) => {
      const home = originals.get(f)
      if (home !== undefined) return home
      let proxy = proxies.get(f)
      if (proxy === undefined) {
        if (isIsolated && !isOwn(f)) throw new Err(UNCLONABLE)
        // A bound function costs the engine nothing to call; Reflect.apply costs it 50 ns.
        const bound = bind(f, holder === undefined ? world : holder)
        proxy = ask('proxy', f, bound)
        proxies.set(f, proxy)
      }
      if (walk.frozen) ask('freeze', proxy)
      return proxy
    }

    // Containers go in three steps: a snapshot here, in which whatever is no primitive is left
    // undefined; its clone there, known from then on to cycles; then the rest, one by one, into
    // own properties that exist already, so that no setter is ever looked for.
    const sendObject = (value, walk, depth) => {
      const snapshot = { ...value }
      const names = keys(snapshot)
      const symbols = getOwnPropertySymbols(snapshot)
      if (depth + 2 >= MAX_DEPTH && names.length + symbols.length > 0) throw new TypeErr(TOO_DEEP)
      const rest = { key: undefined, item: undefined, next: undefined }
      let last = takeAside(snapshot, names, rest)
      if (symbols.length > 0) last = takeAside(snapshot, symbols, last)
      let copy // not `ask`: this is the hot one
      try { copy = there.clone(snapshot) } catch { throw exhausted() }
      remember(walk, value, copy)
      fill(copy, rest.next, value, walk, depth + 2)
      return copy
    }

    const takeAside = (snapshot, names, last) => {
      for (let i = 0; i < names.length; i++) {
        const key = names[i]
        const item = snapshot[key]
        if (isPrimitive(item)) continue
        snapshot[key] = undefined
        last = last.next = { key, item, next: undefined }
      }
      return last
    }

    const sendArray = (value, walk, depth) => {
      const snapshot = dense(value)
      const { length } = snapshot
      if (depth + 1 >= MAX_DEPTH && length > 0) throw new TypeErr(TOO_DEEP)
      const rest = { key: undefined, item: undefined, next: undefined }
      let last = rest
      for (let i = 0; i < length; i++) {
        const item = snapshot[i]
        if (isPrimitive(item)) continue
        snapshot[i] = undefined
        last = last.next = { key: i, item, next: undefined }
      }
      const copy = ask('list', snapshot)
      remember(walk, value, copy)
      fill(copy, rest.next, value, walk, depth + 1)
      return copy
    }

    const fill = (copy, cell, holder, walk, depth) => {
      for (; cell !== undefined; cell = cell.next) {
        copy[cell.key] = send(cell.item, walk, depth, holder)
      }
      if (walk.frozen) ask('freeze', copy)
    }

    const keep = (value, walk, copy) => {
      remember(walk, value, copy)
      if (walk.frozen) ask('freeze', copy)
      return copy
    }

    const sendExotic = (value, walk, depth) => {
      const name = viewName(value)
      if (name !== undefined) return sendView(value, name, viewBuffer, viewOffset, viewLength, walk)
      const tag = toText(value)
      if (refused[tag]) throw new Err(UNCLONABLE)
      let read
      switch (tag) {
        case '[object Object]':
          break
        case '[object Promise]':
          read = sendPromise(value, walk)
          if (read !== undefined) return read
          break
        case '[object Error]':
        case '[object DOMException]':
          return sendError(value, walk)
        case '[object Date]':
          read = brand(timeOf, value)
          if (read !== undefined) return keep(value, walk, ask('date', read))
          break
        case '[object RegExp]':
          read = brand(sourceOf, value)
          if (read !== undefined) return keep(value, walk, ask('regexp', read, flagsOf(value)))
          break
        case '[object Map]':
          if (brand(sizeOfMap, value)) return sendMap(value, walk, depth)
          break
        case '[object Set]':
          if (brand(sizeOfSet, value)) return sendSet(value, walk, depth)
          break
        case '[object ArrayBuffer]':
          if (brand(bufferLength, value) !== undefined) return sendBuffer(value, walk)
          break
        case '[object DataView]':
          if (brand(dataViewBuffer, value) !== undefined) {
            return sendView(value, 'DataView', dataViewBuffer, dataViewOffset, dataViewLength, walk)
          }
          break
        default:
          if (unboxers[tag] !== undefined) {
            read = brand(unboxers[tag], value)
            if (read !== undefined) return keep(value, walk, ask('box', read))
          }
          read = sendHostObject(value, walk)
          if (read !== undefined) return read
      }
      // All of its functions would go with a window, and some of them run what they are given.
      if (ownWindow && getOwnPropertyDescriptor(value, 'window') && brand(ownWindow, value) !== undefined) {
        throw new Err(UNCLONABLE)
      }
      return sendObject(value, walk, depth)
    }

    // What crosses of another realm's objects is what can be had without looking anything up in them.
    const sendForeign = (value, walk) => {
      const name = viewName(value)
      if (name !== undefined) return sendView(value, name, viewBuffer, viewOffset, viewLength, walk)
      if (brand(bufferLength, value) !== undefined) return sendBuffer(value, walk)
      if (exceptionMessage && brand(exceptionMessage, value) !== undefined) return sendError(value, walk)
      const copy = sendHostObject(value, walk)
      if (copy === undefined) throw new Err(UNCLONABLE)
      return copy
    }

    const describe = (thrown) => isIsolated && !isPrimitive(thrown) && !isOwn(thrown) ? tellForeign(thrown) : tell(thrown)

    const sendError = (value, walk) => {
      const told = describe(value)
      if (told !== undefined) return keep(value, walk, ask('error', told.message, told.name, told.code))
      return keep(value, walk, ask('error', 'Uncaught Error'))
    }

    // The underlying object is shared and not copied: the other half asks the DOM for its own wrapper.
    const sendHostObject = (value, walk) => {
      let copy
      if (nodeType && brand(nodeType, value) !== undefined) copy = ask('node', value)
      else if (blobSize && brand(blobSize, value) !== undefined) copy = ask('blob', value)
      else if (frameTime && brand(frameTime, value) !== undefined) copy = ask('frame', value)
      else return undefined
      if (copy === undefined) throw new Err(UNCLONABLE)
      remember(walk, value, copy)
      return copy
    }

    const sizeOfMap = (value) => { mapEach(value, () => {}); return true }
    const sizeOfSet = (value) => { setEach(value, () => {}); return true }

    const sendMap = (value, walk, depth) => {
      if (depth + 2 >= MAX_DEPTH) throw new TypeErr(TOO_DEEP)
      const first = { key: undefined, item: undefined, next: undefined }
      let last = first
      mapEach(value, (item, key) => { last = last.next = { key, item, next: undefined } })
      const copy = ask('map')
      remember(walk, value, copy)
      for (let cell = first.next; cell !== undefined; cell = cell.next) {
        const key = send(cell.key, walk, depth + 2)
        ask('mapSet', copy, key, send(cell.item, walk, depth + 2))
      }
      if (walk.frozen) ask('freeze', copy)
      return copy
    }

    const sendSet = (value, walk, depth) => {
      if (depth + 2 >= MAX_DEPTH) throw new TypeErr(TOO_DEEP)
      const first = { item: undefined, next: undefined }
      let last = first
      setEach(value, (item) => { last = last.next = { item, next: undefined } })
      const copy = ask('set')
      remember(walk, value, copy)
      for (let cell = first.next; cell !== undefined; cell = cell.next) {
        ask('setAdd', copy, send(cell.item, walk, depth + 2))
      }
      if (walk.frozen) ask('freeze', copy)
      return copy
    }

    // Buffers are copied by the world they go to: typed array to typed array, no property is read.
    const sendBuffer = (value, walk) => {
      const known = recall(walk, value)
      if (known !== undefined) return known
      const copy = ask('buffer', new Bytes(value)) // throws here if detached
      remember(walk, value, copy)
      return copy
    }

    const sendView = (value, name, bufferOf, offsetOf, lengthOf, walk) => {
      const buffer = bufferOf(value)
      if (brand(bufferLength, buffer) === undefined) throw new Err(UNCLONABLE) // shared memory
      const copy = ask('view', name, sendBuffer(buffer, walk), { offset: offsetOf(value), length: lengthOf(value) })
      remember(walk, value, copy)
      return copy
    }

    const sendPromise = (value, walk) => {
      const deferred = ask('defer')
      const settle = (item, method, otherwise) => {
        let copy
        try {
          copy = send(item, begin(false), 0)
        } catch (thrown) {
          ask('reject', deferred, ask('error', report(describe(thrown), otherwise)))
          return
        }
        ask(method, deferred, copy)
      }
      try {
        then(value,
          (item) => { settle(item, 'resolve', RESULT_NOT_AN_ERROR) },
          (item) => { settle(item, 'reject', REJECTION_NOT_AN_ERROR) })
      } catch {
        return undefined // not a promise, whatever it says
      }
      return keep(value, walk, deferred.promise)
    }

    // ---- calls ---------------------------------------------------------------------------
    const threw = (thrown) => {
      const told = describe(thrown)
      if (told === undefined) return there.fail(NOT_AN_ERROR)
      return there.fail(told.message, told.name, told.code)
    }
    const give = (result) => {
      try {
        return send(result, begin(false), 0)
      } catch (thrown) {
        return there.fail(report(describe(thrown), RETURN_NOT_AN_ERROR))
      }
    }
    const took = (result) => {
      if (result !== FAILED) return result
      const { message, name, code } = failure
      failure = undefined
      throw makeError(message, name, code)
    }
    // A method is no constructor and has no `prototype`. Fixed parameters and `arguments.length` are
    // measured (see Benchmarks/Bridge): a rest array on each call costs more than the call.
    const makeProxy = (f, bound) => {
      const { proxy } = {
        proxy (a, b, c, d) {
          const count = arguments.length
          let result
          if (count <= 4) {
            // One walk for all arguments: what is the same object here is one copy there.
            if (!isPrimitive(a) || !isPrimitive(b) || !isPrimitive(c) || !isPrimitive(d)) {
              const walk = begin(false)
              a = send(a, walk, 0)
              b = send(b, walk, 0)
              c = send(c, walk, 0)
              d = send(d, walk, 0)
            }
            try { result = there.invoke(bound, count, a, b, c, d) } catch { throw exhausted() }
          } else {
            const walk = begin(false)
            const args = apply(collect, undefined, arguments)
            for (let i = 0; i < count; i++) args[i] = send(args[i], walk, 0)
            try { result = there.invokeMany(bound, args) } catch { throw exhausted() }
          }
          return result === FAILED ? took(result) : result
        }
      }
      defineProperty(proxy, 'name', { __proto__: null, value: '' })
      defineProperty(proxy, 'length', { __proto__: null, value: 0 })
      originals.set(proxy, f)
      return proxy
    }

    const runDeferred = (PromiseClass) => {
      const deferred = { promise: undefined, resolve: undefined, reject: undefined }
      deferred.promise = new PromiseClass((resolve, reject) => {
        deferred.resolve = resolve
        deferred.reject = reject
      })
      return deferred
    }

    const document = documentOf && documentOf(world) // there is none outside a window
    const isHere = () => documentOf === undefined || documentOf(world) === document
    let walker
    const port = {
      __proto__: null,
      // calls of this world's functions, by the proxies there
      invoke (f, count, a, b, c, d) {
        let result
        try {
          switch (count) {
            case 0: result = f(); break
            case 1: result = f(a); break
            case 2: result = f(a, b); break
            case 3: result = f(a, b, c); break
            default: result = f(a, b, c, d)
          }
        } catch (thrown) { return threw(thrown) }
        return isPrimitive(result) ? result : give(result)
      },
      invokeMany (f, args) {
        let result
        try { result = apply(f, world, args) } catch (thrown) { return threw(thrown) }
        return isPrimitive(result) ? result : give(result)
      },
      give,
      fail (message, name, code) {
        failure = { message, name, code }
        return FAILED
      },

      // makers: `snapshot` and the like are private to the halves
      proxy: makeProxy,
      clone: (snapshot) => ({ ...snapshot }),
      list: (snapshot) => dense(snapshot),
      freeze: (value) => freeze(value),
      error: makeError,
      date: (time) => new DateHere(time),
      regexp: (source, flags) => new RegExpHere(source, flags),
      box: (value) => Box(value),
      map: () => new MapHere(),
      mapSet: (map, key, value) => { mapSet(map, key, value) },
      set: () => new SetHere(),
      setAdd: (set, value) => { setAdd(set, value) },
      buffer: (bytes) => viewBuffer(new Bytes(bytes)),
      view: (name, buffer, { offset, length }) => new views[name](buffer, offset, length),
      defer: () => runDeferred(PromiseHere),
      resolve: (deferred, value) => { const { resolve } = deferred; resolve(value) },
      reject: (deferred, reason) => { const { reject } = deferred; reject(reason) },

      // A TreeWalker of ours accepts any world's wrapper of a node and returns our own. Nothing
      // of it can be seen by the page.
      node: (theirs) => {
        if (walker === undefined) walker = createTreeWalker(document, document)
        setWalkerNode(walker, theirs)
        const ours = walkerNode(walker)
        setWalkerNode(walker, document) // or the walker would keep the node alive
        return ours
      },
      blob: (theirs) => apply(cloneBlob, world, [theirs]),
      frame: (theirs) => { try { return new Frame(theirs) } catch { return undefined } }, // closed

      // Globals of this world. In a window, `world` is the frame's proxy: after a navigation it means
      // another page, and a preload that outlived its own must not touch that one.
      has: (key) => { try { return !isHere() || key in world } catch { return true } },
      define: (key, value) => {
        try {
          return isHere() && !(key in world) && defineProperty(world, key, {
            __proto__: null, value, writable: false, enumerable: true, configurable: false
          })
        } catch { return false }
      },
      compile: (text) => {
        try { return evaluate(text) } catch (thrown) { return threw(thrown) }
      }
    }

    return {
      __proto__: null,
      port,
      connect: (peer) => { there = peer },

      // For the trusted half only; the page's half is never asked.
      has: (key) => ask('has', key),
      isForeign: (f) => typeof f === 'function' && originals.get(f) !== undefined,
      // A raw value of the other world, such as a script's result, as one of ours.
      receive: (raw) => isPrimitive(raw) ? raw : took(ask('give', raw)),
      expose: (key, value) => ask('define', key, send(value, begin(true), 0)),
      run: (f, compile, args) => {
        const walk = begin(false)
        const list = dense(args)
        for (let i = 0; i < list.length; i++) list[i] = send(list[i], walk, 0)
        const text = `(${functionText(f)})`
        let compiled
        if (compile === undefined) {
          compiled = took(ask('compile', text))
        } else {
          try { compiled = compile(text) } catch (thrown) {
            const { message, name } = tell(thrown) || { message: NOT_AN_ERROR }
            throw makeError(message, name)
          }
        }
        return took(ask('invokeMany', compiled, list))
      }
    }
  }

  return open
})()
