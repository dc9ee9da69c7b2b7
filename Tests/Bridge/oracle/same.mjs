// Compares the complete structure of two values: types, order, holes, and object identity.

/** Returns undefined if they are the same, else the path to the first difference and its kind. */
export function difference(left, right) {
  const partner = new Map()
  const reverse = new Map()
  const pending = [[left, right, '$']]
  const push = (a, b, path) => pending.push([a, b, path])
  while (pending.length > 0) {
    const [a, b, path] = pending.pop()
    if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) {
      if (!Object.is(a, b)) return `${path}: ${String(a)} and ${String(b)}`
      continue
    }
    if (partner.has(a) || reverse.has(b)) {
      if (partner.get(a) !== b || reverse.get(b) !== a) return `${path}: another object`
      continue
    }
    partner.set(a, b)
    reverse.set(b, a)
    const kind = Object.prototype.toString.call(a)
    if (kind !== Object.prototype.toString.call(
      b)) return `${path}: ${kind} and ${Object.prototype.toString.call(b)}`
    const found = compare(a, b, path, push)
    if (found) return found
  }
  return undefined
}

function compare(a, b, path, push) {
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return `${path}: prototypes`
  if (a instanceof Date) return Object.is(a.getTime(), b.getTime()) ? undefined : `${path}: dates`
  if (a instanceof RegExp) return String(a) === String(b) ? undefined : `${path}: ${a} and ${b}`
  if (a instanceof ArrayBuffer) {
    if (a.byteLength !== b.byteLength || a.maxByteLength !== b.maxByteLength || a.resizable !== b.resizable) {
      return `${path}: buffer lengths`
    }
    return Buffer.compare(new Uint8Array(a), new Uint8Array(b)) === 0 ? undefined : `${path}: bytes`
  }
  if (ArrayBuffer.isView(a)) {
    if (a.byteOffset !== b.byteOffset || a.byteLength !== b.byteLength) return `${path}: view`
    push(a.buffer, b.buffer, `${path}.buffer`)
    return undefined
  }
  if (a instanceof Map || a instanceof Set) {
    if (a.size !== b.size) return `${path}: sizes ${a.size} and ${b.size}`
    const left = [...a]
    const right = [...b]
    left.forEach((entry, index) => {
      if (a instanceof Set) return push(entry, right[index], `${path}<${index}>`)
      push(entry[0], right[index][0], `${path}<key ${index}>`)
      push(entry[1], right[index][1], `${path}<${index}>`)
    })
    return undefined
  }
  if (a instanceof Number || a instanceof String || a instanceof Boolean || a instanceof BigInt) {
    return Object.is(a.valueOf(), b.valueOf()) ? undefined : `${path}: boxed`
  }
  if (a instanceof Error) {
    for (const key of ['message', 'stack', 'cause']) {
      if (Object.hasOwn(a, key) !== Object.hasOwn(b, key)) return `${path}: own ${key}`
      if (Object.hasOwn(a, key)) push(a[key], b[key], `${path}.${key}`)
    }
    return undefined
  }
  if (Array.isArray(a) && a.length !== b.length) return `${path}: lengths ${a.length} and ${b.length}`
  const left = Object.keys(a)
  const right = Object.keys(b)
  if (left.length !== right.length || left.some((key, index) => key !== right[index])) {
    return `${path}: keys ${JSON.stringify(left)} and ${JSON.stringify(right)}`
  }
  for (const key of left) push(a[key], b[key], `${path}[${JSON.stringify(key)}]`)
  return undefined
}
