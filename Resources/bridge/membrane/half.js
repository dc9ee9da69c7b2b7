'use strict'

// One half of contextBridge's membrane. The same modules run once in the page's world and once in the
// preload's, before any page script. The value of this one is `open`, which makes one end of a link. (link.js
// has the hand-over.) The rules that keep the membrane tight:
//
// - Each half READS only objects of its own world and CREATES only objects of its own world. Between halves
//   pass only primitives, opaque references that the other side only hands back, and private snapshots: fresh
//   objects or arrays with own data properties and nothing else.
// - Everything used later is captured beforehand (intrinsics.js), and called without Function.prototype.call,
//   iterators, or an assignment that could find a setter in a prototype.
// - Every call into the other half is in a `try` whose `catch` ignores the caught value and makes an error of
//   its own world. The other half reports failures as primitives (`fail`), so an exception that still arrives
//   here is stack exhaustion, and belongs to the wrong realm.
// - WebKit makes some objects of an isolated world in the page's realm (the promises of a stream, some
//   DOMExceptions). Their prototypes are the page's, and any read of them runs its code. A half of an
//   isolated world reads no object whose prototypes are not its own.
// - No foreign function is called in tail position. JavaScriptCore has proper tail calls, so our strict frame
//   would be gone, and a sloppy callee's `.caller` would return the preload's function below it. (Seen in
//   2.50.6; the `try` around each call prevents it.)

const { evaluate, functionText, SafeWeakMap, isPrimitive, dense } = require('./intrinsics')
const { NOT_AN_ERROR, makeError, tell } = require('./errors')
const { begin, ask } = require('./walk')
const { copyValue } = require('./copy-values')
const { FAILED, threw, give, took, makeProxy, makeInvoke, makeInvokeMany } = require('./calls')
const { makers } = require('./makers')

/** The functions that the other half may call: they run, and create objects, in this world. */
const makePort = end => ({
  __proto__: null,

  // Calls this world's functions, for the proxies there. These come first: JavaScriptCore stores properties
  // after a spread outside the object, which costs each call a load.
  invoke: makeInvoke(end),
  invokeMany: makeInvokeMany(end),
  compile: text => {
    try { return evaluate(text) } catch (thrown) { return threw(end, thrown) }
  },
  give: result => give(end, result),
  fail (message, name, code) {
    end.failure = { message, name, code }
    return FAILED
  },
  proxy: (f, bound) => makeProxy(end, f, bound),

  ...makers
})

/** Compiles the function's text in the other world, by `compile` if that is given. */
const compileThere = (end, f, compile) => {
  const text = `(${functionText(f)})`
  if (compile === undefined) return took(end, ask(end, 'compile', text))
  try { return compile(text) } catch (thrown) {
    const { message, name } = tell(thrown) || { message: NOT_AN_ERROR }
    throw makeError(message, name)
  }
}

/**
 * One end of a link. `isRefused(object)`, if given, identifies objects of this world that must not cross.
 * `isIsolated`: this is not a page's world, and only objects of its own realm cross.
 */
module.exports = (isRefused, isIsolated) => {
  const end = {
    __proto__: null,
    there: undefined, // the other end's port
    failure: undefined, // of the last failed call
    proxies: new SafeWeakMap(), // function of ours -> its proxy there
    originals: new SafeWeakMap(), // proxy of ours -> the function there
    isRefused,
    isIsolated
  }

  return {
    __proto__: null,
    port: makePort(end),
    connect: peer => { end.there = peer },

    // Only the trusted half calls it; the page's half is never asked.
    has: key => ask(end, 'has', key),
    isForeign: f => typeof f === 'function' && end.originals.get(f) !== undefined,
    // Converts a raw value of the other world, such as a script's result.
    receive: raw => isPrimitive(raw) ? raw : took(end, ask(end, 'give', raw)),
    expose: (key, value) => ask(end, 'define', key, copyValue(value, begin(end, true), 0)),
    run: (f, compile, args) => {
      const walk = begin(end, false)
      const list = dense(args)
      for (let i = 0; i < list.length; i++) list[i] = copyValue(list[i], walk, 0)
      return took(end, ask(end, 'invokeMany', compileThere(end, f, compile), list))
    }
  }
}
