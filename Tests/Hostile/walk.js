// Walks EVERYTHING reachable from a realm's global and reports each object that does not belong to that
// realm.
//
// This is a plain script for a window, node's vm and the jsc shell. Its value is `createWalker`. Evaluate it
// in the realm to be walked, because exceptions of its calls must belong to that realm. Evaluate it before
// any hostile code, because it captures the functions that it uses. The walk follows:
//
//   own properties (string and symbol) and prototypes
//   accessors, called on the object itself and on every object that inherits them
//   entries of Map and Set, and the targets of WeakRef
//   results and exceptions of calls, and results of promises
//
// The homes are the globals that the objects may belong to. An object is foreign in each of these cases:
//
//   it, or an object in its prototype chain, is in `foreign`, the intrinsics of the other realm
//   it is a function without a home's Function.prototype, whose chain ends at no home's Object.prototype
//   its chain ends at another root than a home's Object.prototype, and that root's constructor is foreign
'use strict'

;(() => {
  const { apply, ownKeys, getPrototypeOf, getOwnPropertyDescriptor, construct } = Reflect
  const uncurry = (f) => (self, ...args) => apply(f, self, args)
  const has = uncurry(Set.prototype.has)
  const add = uncurry(Set.prototype.add)
  const setEach = uncurry(Set.prototype.forEach)
  const mapEach = uncurry(Map.prototype.forEach)
  const deref = uncurry(WeakRef.prototype.deref)
  const then = uncurry(Promise.prototype.then)
  const { defineProperty } = Object
  const tagOf = uncurry(Object.prototype.toString)
  const SafeSet = Set
  const OwnError = Error
  const Text = String

  const isObject = (value) => typeof value === 'function' || (typeof value === 'object' && value !== null) ||
    (typeof value === 'undefined' && value !== undefined)
  const attempt = (f) => { try { return f() } catch { return undefined } }
  const push = (list, item) => {
    defineProperty(list, list.length, {
      __proto__: null, value: item, writable: true, enumerable: true, configurable: true
    })
  }
  // Runs `body` without stack traces: the wrong guesses of a walk throw more than a hundred thousand errors,
  // whose stacks are never read.
  const withoutTraces = (body) => {
    const before = attempt(() => getOwnPropertyDescriptor(OwnError, 'stackTraceLimit'))
    const set = (found) => {
      attempt(() => defineProperty(OwnError, 'stackTraceLimit', { __proto__: null, ...found }))
    }
    set({ value: 0 })
    const result = body()
    if (before !== undefined) set(before)
    return result
  }
  const keyText = (key) => key === undefined ? '' : typeof key === 'symbol' ? `[${Text(key)}]` : `.${key}`

  // `visit(child, key, suffix)` makes the child's path only for a new child; most are not new.
  const children = (value, visit, hasSlots) => {
    const keys = attempt(() => ownKeys(value)) || []
    for (let i = 0; i < keys.length; i++) {
      const found = attempt(() => getOwnPropertyDescriptor(value, keys[i]))
      if (found === undefined) continue
      if (found.get || found.set) {
        visit(found.get, keys[i], '.get')
        visit(found.set, keys[i], '.set')
      } else {
        visit(found.value, keys[i], '')
      }
    }
    visit(attempt(() => getPrototypeOf(value)), '__proto__', '')
    if (!hasSlots) return
    attempt(() => mapEach(value, (item, key) => {
      visit(key, undefined, '<key>')
      visit(item, undefined, '<entry>')
    }))
    attempt(() => setEach(value, (item) => { visit(item, undefined, '<member>') }))
    attempt(() => { visit(deref(value), undefined, '<target>') })
  }

  // Whether an object of a pristine realm, where tags are reliable, may hold values outside its properties.
  const maySlot = (value) => {
    if (typeof value === 'function') return false
    const tag = attempt(() => tagOf(value))
    return tag === '[object Map]' || tag === '[object Set]' || tag === '[object WeakRef]' ||
      tag === '[object Promise]'
  }

  // Everything reachable from a pristine global without running code. `except`: globals that are not entered,
  // because each world has its own proxies for a window's frames. Objects with slots are in the Set
  // `slotted`, a property of the result.
  const intrinsics = (global, except = []) => {
    const all = new SafeSet()
    const slotted = new SafeSet()
    defineProperty(all, 'slotted', { __proto__: null, value: slotted })
    const queue = []
    const visit = (value) => {
      if (!isObject(value) || has(all, value)) return
      for (let i = 0; i < except.length; i++) if (value === except[i]) return
      add(all, value)
      push(queue, value)
    }
    visit(global)
    withoutTraces(() => {
      for (let i = 0; i < queue.length; i++) {
        const hasSlots = maySlot(queue[i])
        if (hasSlots) add(slotted, queue[i])
        children(queue[i], visit, hasSlots)
      }
    })
    return all
  }

  // A prototype shared by the objects of a class: its accessors are made for those objects.
  const isClassPrototype = (value) => {
    const found = attempt(() => getOwnPropertyDescriptor(value, 'constructor'))
    const made = found && typeof found.value === 'function' &&
      attempt(() => getOwnPropertyDescriptor(found.value, 'prototype'))
    return Boolean(made) && made.value === value
  }

  // `homes`: globals whose intrinsics are expected: those of the page and its same-origin frames.
  // `foreign`: a Set from `intrinsics`, if the other realm is accessible. `call(fn, path)`: whether this
  // function may be called. `ignore(value, path)`: not followed and not judged. `pristine`: a Set from
  // `intrinsics` of the homes before the attack. The engine's own accessors among these are not called on
  // functions and on the prototypes that have them, where thousands of them only throw.
  const createWalker = ({ homes, foreign, call = () => false, ignore = () => false, samples = [],
    pristine }) => {
    const objectRoots = new SafeSet()
    const functionRoots = new SafeSet()
    for (let i = 0; i < homes.length; i++) {
      add(objectRoots, homes[i].Object.prototype)
      add(functionRoots, homes[i].Function.prototype)
    }

    // undefined, or the reason why this object is foreign.
    const judge = (value) => {
      if (foreign && has(foreign, value)) return 'is an intrinsic of the other realm'
      let homely = false
      let last = value
      for (let hops = 0; hops < 1000; hops++) {
        if (has(functionRoots, last)) homely = true
        const next = attempt(() => getPrototypeOf(last))
        if (next === null || next === undefined) break
        if (foreign && has(foreign, next)) return 'inherits from the other realm'
        last = next
      }
      // (document.all of a frame is a 'function' without Function.prototype; its root is that of a home.)
      if (typeof value === 'function' && !homely &&
        !has(objectRoots, last)) return 'is a function of another realm'
      if (last !== value && !has(objectRoots, last)) {
        const found = attempt(() => getOwnPropertyDescriptor(last, 'constructor'))
        const maker = found && found.value
        if (typeof maker === 'function' &&
          judge(maker) !== undefined) return 'inherits from a root of another realm'
      }
      return undefined
    }

    // Starts at `roots` (name -> value) and returns at once. Promises are followed as they settle: poll
    // `pending` and `visited` until both stop changing. `leaks`: each `{ path, why }`.
    const walk = (roots) => {
      const leaks = []
      const seen = new SafeSet()
      const queue = []
      let pending = 0
      let visited = 0

      const visit = (value, path) => {
        if (!isObject(value) || has(seen, value) || ignore(value, path)) return
        add(seen, value)
        visited++
        const why = judge(value)
        if (why !== undefined) {
          push(leaks, { path, why })
          return // objects below a leak are leaked, too
        }
        push(queue, { value, path })
      }

      // Pristine holders, none of whose accessors is called on an object that inherits them. Any code that
      // runs may change a holder, so this set is emptied whenever code may run.
      let plainHolders = new SafeSet()
      const isPlain = (holder) => {
        if (has(plainHolders, holder)) return true
        if (!has(pristine, holder)) return false
        const keys = ownKeys(holder)
        for (let i = 0; i < keys.length; i++) {
          const { get } = getOwnPropertyDescriptor(holder, keys[i])
          if (get !== undefined && !has(pristine, get)) return false
        }
        add(plainHolders, holder)
        return true
      }

      const outcome = (path, act) => {
        plainHolders = new SafeSet()
        let result
        try { result = act() } catch (thrown) {
          visit(thrown, `${path}<thrown>`)
          return
        }
        visit(result, path)
      }

      const follow = ({ value, path }) => {
        // Slots never change: a pristine object without slots is not examined again, because each wrong guess
        // costs an error.
        const isPristine = pristine !== undefined && has(pristine, value)
        const hasSlots = typeof value !== 'function' && !(isPristine && !has(pristine.slotted, value))
        if (!isPristine) plainHolders = new SafeSet() // its traps may run
        children(value, (child, key, suffix) => {
          if (isObject(child) && !has(seen, child)) visit(child, path + keyText(key) + suffix)
        }, hasSlots)
        // Accessors, own and inherited, called on this object.
        const known = isPristine && (typeof value === 'function' || isClassPrototype(value))
        const above = (holder) => attempt(() => getPrototypeOf(holder))
        for (let holder = value, hops = 0; isObject(holder) && hops < 100; holder = above(holder), hops++) {
          if (known && attempt(() => isPlain(holder))) continue
          const keys = attempt(() => ownKeys(holder)) || []
          for (let i = 0; i < keys.length; i++) {
            const found = attempt(() => getOwnPropertyDescriptor(holder, keys[i]))
            if (!found || !found.get || (known && has(pristine, found.get)) ||
              ignore(found.get, path + keyText(keys[i]))) continue
            outcome(path + keyText(keys[i]), () => apply(found.get, value, []))
          }
        }
        if (typeof value === 'function' && call(value, path)) {
          outcome(`${path}()`, () => apply(value, undefined, []))
          outcome(`new ${path}`, () => construct(value, []))
          for (let i = 0; i < samples.length; i++) {
            outcome(`${path}(${i})`, () => apply(value, undefined, samples[i]()))
          }
        }
        if (!hasSlots) return
        pending++
        const settled = (step) => (item) => { pending--; visit(item, path + step); drain() }
        try { then(value, settled('<resolved>'), settled('<rejected>')) } catch { pending-- }
      }

      let position = 0
      const drain = () => {
        withoutTraces(() => { while (position < queue.length) follow(queue[position++]) })
      }

      const names = ownKeys(roots)
      for (let i = 0; i < names.length; i++) visit(roots[names[i]], Text(names[i]))
      drain()
      return { leaks, pending: () => pending, visited: () => visited }
    }

    return { walk, judge }
  }

  createWalker.intrinsics = intrinsics
  return createWalker
})()
