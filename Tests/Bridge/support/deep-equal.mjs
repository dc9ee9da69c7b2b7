// Equality in the sense of structured clone: kinds, own enumerable fields in order, holes, -0 and NaN, and
// object identity (one object stays one, two stay two). No node API is used.

const brand = v => Object.prototype.toString.call(v).slice(8, -1)

/** Undefined if `a` and `b` are equal, else the place and kind of the difference. */
export function difference (a, b) {
  const forth = new Map()
  const back = new Map()
  // A work list, not recursion: values may be nested deeper than the stack allows.
  const work = [[a, b, '$']]

  const same = (x, y, path, what) => Object.is(x, y) ? undefined : `${path}: ${what} ${show(x)} / ${show(y)}`

  while (work.length > 0) {
    const [x, y, path] = work.pop()
    if (typeof x !== 'object' || x === null || typeof y !== 'object' || y === null) {
      const d = same(x, y, path, 'value')
      if (d) return d
      continue
    }
    if (forth.has(x) || back.has(y)) {
      if (forth.get(x) !== y || back.get(y) !== x) return `${path}: identity`
      continue
    }
    forth.set(x, y)
    back.set(y, x)
    const kind = brand(x)
    if (kind !== brand(y)) return `${path}: ${kind} / ${brand(y)}`
    let d
    switch (kind) {
      case 'Date':
        d = same(x.getTime(), y.getTime(), path, 'time')
        break
      case 'RegExp':
        d = same(x.source, y.source, path, 'source') || same(x.flags, y.flags, path, 'flags')
        break
      case 'Boolean': case 'Number': case 'String': case 'BigInt':
        d = same(x.valueOf(), y.valueOf(), path, 'boxed')
        break
      case 'Error':
        d = same(typeNamed(x.name), Object.getPrototypeOf(y), path, 'error type') ||
          same(x.message, y.message, path, 'message') || same(x.stack, y.stack, path, 'stack') ||
          same(Object.hasOwn(x, 'message'), Object.hasOwn(y, 'message'), path, 'own message') ||
          same(Object.hasOwn(x, 'cause'), Object.hasOwn(y, 'cause'), path, 'own cause')
        work.push([x.cause, y.cause, path + '.cause'])
        break
      case 'ArrayBuffer':
        d = same(x.resizable, y.resizable, path, 'resizable') ||
          same(x.maxByteLength, y.maxByteLength, path, 'maximum') ||
          bytesDiffer(new Uint8Array(x), new Uint8Array(y), path)
        break
      case 'Map': {
        const [p, q] = [[...x], [...y]]
        d = same(p.length, q.length, path, 'size')
        for (let i = 0; !d && i < p.length; i++) {
          work.push([p[i][0], q[i][0], `${path}.key(${i})`], [p[i][1], q[i][1], `${path}.value(${i})`])
        }
        break
      }
      case 'Set': {
        const [p, q] = [[...x], [...y]]
        d = same(p.length, q.length, path, 'size')
        for (let i = 0; !d && i < p.length; i++) work.push([p[i], q[i], `${path}.element(${i})`])
        break
      }
      case 'Array': case 'Object': {
        const [p, q] = [Object.keys(x), Object.keys(y)]
        d = same(p.length, q.length, path, 'number of keys')
        if (kind === 'Array') d = d || same(x.length, y.length, path, 'length')
        for (let i = 0; !d && i < p.length; i++) {
          d = same(p[i], q[i], path, 'key')
          work.push([x[p[i]], y[q[i]], `${path}[${show(p[i])}]`])
        }
        break
      }
      default: // views
        if (!ArrayBuffer.isView(x)) return `${path}: a ${kind}`
        d = same(x.byteOffset, y.byteOffset, path, 'offset') ||
          same(x.byteLength, y.byteLength, path, 'length')
        work.push([x.buffer, y.buffer, path + '.buffer'])
    }
    if (d) return d
  }
  return undefined
}

// An error's prototype is restored by its name; a non-standard one becomes Error.
function typeNamed (name) {
  for (const Type of [TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError]) {
    if (Type.name === name) return Type.prototype
  }
  return Error.prototype
}

function bytesDiffer (x, y, path) {
  if (x.length !== y.length) return `${path}: ${x.length} / ${y.length} bytes`
  for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return `${path}: byte ${i}`
  return undefined
}

function show (v) {
  if (typeof v === 'string') return JSON.stringify(v.length > 60 ? v.slice(0, 60) + '…' : v)
  if (Object.is(v, -0)) return '-0'
  return typeof v === 'object' && v !== null ? brand(v) : String(v)
}
