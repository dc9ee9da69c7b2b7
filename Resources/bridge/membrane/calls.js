'use strict'

// Calls across the membrane: proxies of the other realm's functions, and the transfer of results and errors
// back.

const { world, apply, defineProperty, freeze, isPrimitive } = require('./intrinsics')
const { NOT_AN_ERROR, RETURN_NOT_AN_ERROR, exhausted, makeError, describe, report } = require('./errors')
const { begin } = require('./walk')
const { copyValue } = require('./copy-values')

/** The result of a failed call: the caller's half made it, and reads the failure from its end. */
const FAILED = freeze({ __proto__: null })

/** Reports an exception of a function of this realm to the other half, where the caller is. */
const threw = (end, thrown) => {
  const told = describe(thrown, end.isIsolated)
  if (told === undefined) return end.there.fail(NOT_AN_ERROR)
  return end.there.fail(told.message, told.name, told.code)
}

/** Copies a result for the other half. */
const give = (end, result) => {
  try {
    return copyValue(result, begin(end, false), 0)
  } catch (thrown) {
    return end.there.fail(report(describe(thrown, end.isIsolated), RETURN_NOT_AN_ERROR))
  }
}

/** Returns the result of a call of the other half, or throws its error. */
const took = (end, result) => {
  if (result !== FAILED) return result
  const { message, name, code } = end.failure
  end.failure = undefined
  throw makeError(message, name, code)
}

const collect = (...items) => items // an array with own elements, whatever the prototypes define

/**
 * A function of this realm that calls `bound` of the other realm, made from `f`.
 *
 * It is a method, which is not a constructor and has no `prototype`. Fixed parameters and `arguments.length`
 * are the result of measurements (see Benchmarks/Bridge): a rest array on each call costs more than the call.
 */
const makeProxy = (end, f, bound) => {
  const { there } = end
  const { proxy } = {
    proxy (a, b, c, d) {
      const count = arguments.length
      let result
      if (count <= 4) {
        // One walk for all arguments, so that an object that is passed twice becomes one copy.
        if (!isPrimitive(a) || !isPrimitive(b) || !isPrimitive(c) || !isPrimitive(d)) {
          const walk = begin(end, false)
          a = copyValue(a, walk, 0)
          b = copyValue(b, walk, 0)
          c = copyValue(c, walk, 0)
          d = copyValue(d, walk, 0)
        }
        try { result = there.invoke(bound, count, a, b, c, d) } catch { throw exhausted() }
      } else {
        const walk = begin(end, false)
        const args = apply(collect, undefined, arguments)
        for (let i = 0; i < count; i++) args[i] = copyValue(args[i], walk, 0)
        try { result = there.invokeMany(bound, args) } catch { throw exhausted() }
      }
      return result === FAILED ? took(end, result) : result
    }
  }
  defineProperty(proxy, 'name', { __proto__: null, value: '' })
  defineProperty(proxy, 'length', { __proto__: null, value: 0 })
  end.originals.set(proxy, f)
  return proxy
}

/** Calls `f` of this world for a proxy in the other one, with up to four arguments. */
const makeInvoke = end => (f, count, a, b, c, d) => {
  let result
  try {
    switch (count) {
      case 0: result = f(); break
      case 1: result = f(a); break
      case 2: result = f(a, b); break
      case 3: result = f(a, b, c); break
      default: result = f(a, b, c, d)
    }
  } catch (thrown) { return threw(end, thrown) }
  return isPrimitive(result) ? result : give(end, result)
}

/** The same with any number of arguments. */
const makeInvokeMany = end => (f, args) => {
  let result
  try { result = apply(f, world, args) } catch (thrown) { return threw(end, thrown) }
  return isPrimitive(result) ? result : give(end, result)
}

module.exports = { FAILED, threw, give, took, makeProxy, makeInvoke, makeInvokeMany }
