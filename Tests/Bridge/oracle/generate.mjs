// Random values of everything that structured clone carries: all types, nesting, sharing and cycles, from one
// seed. Used for the Swift codec (clone-tool) and the JS codec. Runs on Node 18 and later.

/** A small pseudo-random generator (mulberry32): the same seed gives the same values everywhere. */
export function random(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return {
    next,
    int: (n) => Math.floor(next() * n),
    chance: (p) => next() < p,
    pick: (list) => list[Math.floor(next() * list.length)],
  }
}

const hasResizable = new ArrayBuffer(1, { maxByteLength: 2 }).resizable === true
const hasUnicodeSets = (() => {
  try {
    return new RegExp('a', 'v').unicodeSets
  } catch {
    return false
  }
})()
// Before V8 registered an error before reading its cause, it could not read an error inside its own cause.
const readsCauseCycles = Number(process.versions.v8.split('.')[0]) >= 12

const numbers = [
  0, -0, 1, -1, NaN, Infinity, -Infinity, 0.1, -1.5, 127, 128, 255, 256, 65535, 65536, 2 ** 30, -(2 ** 30),
    2 ** 31,
  2 ** 31 - 1, -(2 ** 31), 2 ** 32, 2 ** 32 - 1, 2 ** 53, -(2 ** 53), 1e21, 1e-7, 5e-324,
    1.7976931348623157e308,
]
const letters = ['a', 'Z', '0', ' ', '\0', '\n', "'", '"', '\x7f', '\x80', 'é', 'ÿ', 'Ā', '€', '😀', '\ud800',
  '\udfff']
const keys = [
  'id', 'text', 'name', 'value', 'length', '__proto__x', 'constructor', '', 'é', 'ключ', '\ud800', '-1', '01',
    '1.5',
  '4294967295', '4294967294', '2147483648', '2147483647', '10', '2', '1', '0', 'a longer key than fifteen',
]
const views = [
  Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array,
  Float64Array, BigInt64Array, BigUint64Array, DataView,
]
const errors = [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]

/** Makes one value. `size` bounds the number of objects in it. */
export function generate(r, size = 1 + r.int(40)) {
  const made = []
  let budget = size
  const keep = (object) => (made.push(object), object)

  const string = () => {
    const shape = r.int(20)
    if (shape === 0) return letters[r.int(letters.length)].repeat(r.int(300))
    const count = shape < 12 ? r.int(8) : shape < 18 ? 12 + r.int(8) : r.int(200)
    const pool = r.pick([letters.slice(0, 8), letters.slice(0, 12), letters])
    let text = ''
    for (let i = 0; i < count; i++) text += r.pick(pool)
    return text
  }
  const number = () =>
    r.chance(0.4) ? r.pick(numbers) : r.chance(0.5) ? r.int(2000) - 1000 : (r.next() - 0.5) * 10 ** (
      r.int(40) - 20)
  const bigint = () => {
    let value = 0n
    for (let i = r.int(6); i > 0; i--) value = (value << BigInt(r.int(70))) + BigInt(r.int(2 ** 32))
    return r.chance(0.5) ? -value : value
  }
  const primitive = () =>
    r.pick([() => undefined, () => null, () => r.chance(0.5), number, number, string, string, bigint])()

  const properties = (object, depth) => {
    for (let i = r.int(6); i > 0; i--) {
      const key = r.chance(0.8) ? r.pick(keys) : string()
      if (!(Array.isArray(object) && key === 'length')) object[key] = value(depth + 1)
    }
    return object
  }
  const array = (depth) => {
    const list = keep([])
    const count = r.int(7)
    for (let i = 0; i < count; i++) if (!r.chance(0.1)) list[i] = value(depth + 1)
    if (r.chance(0.2)) list.length = count + r.int(5)
    if (r.chance(0.1)) properties(list, depth)
    if (r.chance(0.03)) list[r.pick([5000, 1e6, 4294967294])] = value(depth + 1)
    return list
  }
  const record = (depth) => {
    const rows = keep([])
    for (let i = r.int(5); i >= 0; i--) {
      const row = keep({ id: i, text: string() })
      if (r.chance(0.2)) row.extra = value(depth + 2)
      rows.push(row)
    }
    return rows
  }
  const buffer = () => {
    const length = r.chance(0.1) ? r.int(3000) : r.int(40)
    const made =
      hasResizable && r.chance(0.3)
        ? new ArrayBuffer(length, { maxByteLength: length + r.int(50) })
        : new ArrayBuffer(length)
    const bytes = new Uint8Array(made)
    for (let i = 0; i < length; i++) bytes[i] = r.int(256)
    return keep(made)
  }
  const view = () => {
    const old = r.chance(0.4) ? made.filter((object) => object instanceof ArrayBuffer) : []
    const on = old.length > 0 ? r.pick(old) : buffer()
    const View = r.pick(views)
    const unit = View.BYTES_PER_ELEMENT ?? 1
    const offset = unit * r.int(Math.floor(on.byteLength / unit) + 1)
    const room = Math.floor((on.byteLength - offset) / unit)
    // Node 20 refuses a length-tracking view of a buffer whose length is not a multiple of the element size.
    if (on.resizable && on.byteLength % unit === 0 && r.chance(0.4)) return keep(new View(on, offset))
    return keep(new View(on, offset, r.int(room + 1)))
  }
  const error = (depth) => {
    const Type = r.pick(errors)
    const error = r.chance(0.9) ? new Type(string()) : new Type()
    error.stack = r.chance(0.9) ? string() : undefined
    if (readsCauseCycles) keep(error)
    if (r.chance(0.3)) {
      const cause = readsCauseCycles ? value(depth + 1) : generate(r, 3)
      Object.defineProperty(error, 'cause', { value: cause, configurable: true })
    }
    return readsCauseCycles ? error : keep(error)
  }
  const map = (depth) => {
    const map = keep(new Map())
    for (let i = r.chance(0.1) ? r.int(40) : r.int(5); i > 0; i--) map.set(
      value(depth + 1), value(depth + 1))
    return map
  }
  const set = (depth) => {
    const set = keep(new Set())
    for (let i = r.chance(0.1) ? r.int(40) : r.int(5); i > 0; i--) set.add(value(depth + 1))
    return set
  }
  const flags = () => {
    let text = ['d', 'g', 'i', 'm', 's', 'y'].filter(() => r.chance(0.3)).join('')
    if (r.chance(0.3)) text += hasUnicodeSets && r.chance(0.5) ? 'v' : 'u'
    return text
  }
  const object = (depth) =>
    r.pick([
      () => properties(keep({}), depth),
      () => properties(keep({}), depth),
      () => array(depth),
      () => array(depth),
      () => record(depth),
      () => map(depth),
      () => set(depth),
      () => keep(new Date(r.chance(0.1) ? NaN : Math.floor((r.next() - 0.5) * 1.7e16))),
      () => keep(new RegExp(r.pick(['a', '', 'é+', '[ab]\\/', '(?<n>x)|y', '\\u0100']), flags())),
      () => keep(Object(r.pick([r.chance(0.5), number(), string(), bigint()]))),
      () => error(depth),
      buffer,
      view,
    ])()

  function value(depth) {
    if (made.length > 0 && r.chance(0.08)) return r.pick(made)
    if (depth > 12 || budget <= 0 || r.chance(depth === 0 ? 0.1 : 0.55)) return primitive()
    budget--
    return object(depth)
  }
  return value(0)
}
