// Random values of every kind that structured clone carries, from a seed: the same seed gives the same values
// in every engine. No node API is used, so that the jsc shell can import this.

/** A generator of numbers in [0, 1) (mulberry32). */
export function randomNumbers (seed) {
  let state = seed >>> 0
  return () => {
    state = state + 0x6d2b79f5 | 0
    let x = Math.imul(state ^ state >>> 15, 1 | state)
    x = x + Math.imul(x ^ x >>> 7, 61 | x) ^ x
    return ((x ^ x >>> 14) >>> 0) / 4294967296
  }
}

const words = ['id', 'name', 'text', 'value', 'items', 'x', 'y', 'done', '__proto__', 'constructor',
  'toString',
  'hasOwnProperty', 'then', '', 'ключ', 'größe', 'length', 'a b', '0', '7', '42', '4294967294', '4294967295',
    '-1', '1.5', '01',
  '3000000000', 'stack', 'message', 'über', '日本', '\ud83d', 'valueOf']

const numbers = [0, -0, 1, -1, 63, 64, -64, -65, 127, 128, 16383, 16384, 2 ** 31 - 1, -(2 ** 31), 2 ** 31,
  2 ** 32 - 1, 2 ** 32,
  2 ** 53, -(2 ** 53), 2 ** 30, -(2 ** 30) - 1, 0.1, -1.5, 5e-324, 1.7976931348623157e308, NaN, Infinity,
    -Infinity]

const bigints = [0n, 1n, -1n, 2n ** 63n, -(2n ** 63n), 2n ** 64n - 1n, 2n ** 64n, -(2n ** 64n), 2n ** 128n +
  5n, -(2n ** 200n) + 1n]

const patterns = [['', ''], ['a+b', 'g'], ['\\/x', 'im'], ['(?<y>\\d{4})', 'u'], ['[\\s\\S]', 'sy'],
  ['é\\u1234', 'd'], ['日本', 'gimsuy']]

const errors = [Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError]

const viewTypes = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array,
  Float32Array, Float64Array, BigInt64Array, BigUint64Array]

/**
 * Makes values with `random`. Options leave out kinds that an oracle lacks: `causes` (Error.cause),
 * `resizable` (resizable ArrayBuffer).
 */
export function randomValue (random, options = {}) {
  const { causes = true, resizable = true, size = 40 } = options
  let budget = 1 + Math.floor(random() ** 3 * size)
  const met = [] // objects so far, some of them unfinished: for sharing and cycles
  const buffers = []
  const integer = n => Math.floor(random() * n)
  const pick = list => list[integer(list.length)]
  const chance = probability => random() < probability

  function string () {
    const kind = integer(10)
    if (kind < 4) return pick(words)
    const length = kind < 8 ? integer(20) : kind < 9 ? integer(300) : integer(3) * 126 + integer(4)
    const top = pick([128, 128, 256, 0x500, 0x10000])
    let s = ''
    for (let i = 0; i < length; i++) s += String.fromCharCode(integer(top))
    return s
  }

  function number () {
    const kind = integer(4)
    if (kind === 0) return pick(numbers)
    if (kind === 1) return integer(1000) - 500
    if (kind === 2) return (random() - 0.5) * 2 ** integer(60)
    return integer(2 ** 32) - 2 ** 31
  }

  function bigint () {
    if (chance(0.5)) return pick(bigints)
    let n = 0n
    for (let i = integer(8); i >= 0; i--) n = n << 32n | BigInt(integer(2 ** 32))
    return chance(0.5) ? -n : n
  }

  function primitive () {
    switch (integer(9)) {
      case 0: return undefined
      case 1: return null
      case 2: return chance(0.5)
      case 3: return bigint()
      case 4: case 5: case 6: return number()
      default: return string()
    }
  }

  const keep = object => {
    met.push(object)
    return object
  }

  function put (object, key, value) {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true })
  }

  function array () {
    const a = keep([])
    const kind = integer(6)
    const length = integer(6)
    for (let i = 0; i < length; i++) a.push(value())
    if (kind === 0 && length > 0) delete a[integer(length)]
    if (kind === 1) a.length += integer(5)
    if (kind === 2) a[length + integer(3000)] = value()
    if (kind === 3 && chance(0.2)) a.length = 2 ** 32 - 1 - integer(5)
    if (kind === 4) {
      const key = string()
      if (key !== 'length' && !/^\d+$/.test(key)) put(a, key, value())
    }
    return a
  }

  function plain () {
    const o = keep(chance(0.1) ? Object.create(null) : {})
    for (let n = integer(7); n > 0; n--) put(o, string(), value())
    return o
  }

  function buffer () {
    if (buffers.length > 0 && chance(0.5)) return pick(buffers)
    const length = integer(4) * 8 + (chance(0.2) ? integer(8) : 0)
    const b = resizable && chance(0.2) ? new ArrayBuffer(
      length, { maxByteLength: length + integer(64) }) : new ArrayBuffer(length)
    const bytes = new Uint8Array(b)
    for (let i = 0; i < length; i++) bytes[i] = integer(256)
    buffers.push(b)
    return keep(b)
  }

  function view () {
    const b = buffer()
    if (chance(0.2)) {
      const offset = integer(b.byteLength + 1)
      return keep(new DataView(b, offset, integer(b.byteLength - offset + 1)))
    }
    const Type = pick(viewTypes)
    const unit = Type.BYTES_PER_ELEMENT
    const offset = integer(Math.floor(b.byteLength / unit) + 1)
    const length = integer(Math.floor(b.byteLength / unit) - offset + 1)
    return keep(new Type(b, offset * unit, length))
  }

  function error () {
    const e = keep(chance(0.1) ? new (pick(errors))() : new (pick(errors))(string()))
    e.stack = string()
    if (chance(0.1)) e.name = pick(['TypeError', 'Custom', ''])
    if (causes && chance(0.3)) {
      // Not the error itself: V8 writes such a cycle and cannot read it.
      const before = met.splice(0)
      Object.defineProperty(e, 'cause',
        { value: value(), writable: true, enumerable: false, configurable: true })
      met.push(...before)
    }
    return e
  }

  function boxed () {
    return keep(Object(pick([true, false, number(), string(), bigint()])))
  }

  function value () {
    if (--budget <= 0) return primitive()
    if (met.length > 0 && chance(0.12)) return pick(met)
    switch (integer(16)) {
      case 0: case 1: case 2: return array()
      case 3: case 4: case 5: case 6: return plain()
      case 7: {
        const m = keep(new Map())
        for (let n = integer(5); n > 0; n--) m.set(value(), value())
        return m
      }
      case 8: {
        const s = keep(new Set())
        for (let n = integer(5); n > 0; n--) s.add(value())
        return s
      }
      case 9: return keep(new Date(chance(0.2) ? NaN : integer(2 ** 32) * 1000))
      case 10: return keep(new RegExp(...pick(patterns)))
      case 11: return error()
      case 12: return boxed()
      case 13: return chance(0.4) ? buffer() : view()
      default: return primitive()
    }
  }

  return value()
}
