// Runs in a page's isolated world: objects that WebKit has and no shell has. Returns JSON.
const { serialize } = bridge('./codec/encode/encode')
const { deserialize } = bridge('./codec/decode/decode')
bridge('./codec/proxies').watch()
const failures = []
let checked = 0
const frame = document.querySelector('iframe').contentWindow

const refused = {
  'document.body': () => document.body,
  'a text node': () => document.createTextNode('x'),
  document: () => document,
  window: () => window,
  'another window': () => frame,
  location: () => location,
  navigator: () => navigator,
  localStorage: () => localStorage,
  'document.all': () => document.all,
  Event: () => new Event('x'),
  Blob: () => new Blob(['x']),
  File: () => new File(['x'], 'f'),
  ImageData: () => new ImageData(1, 1),
  DOMMatrix: () => new DOMMatrix(),
  DOMPoint: () => new DOMPoint(),
  DOMRect: () => new DOMRect(),
  DOMException: () => new DOMException('x'),
  ImageBitmap: () => createImageBitmap(new ImageData(1, 1)),
  'a WebGL context': () => document.createElement('canvas').getContext('webgl'),
  'a 2D context': () => document.createElement('canvas').getContext('2d'),
  MessagePort: () => new MessageChannel().port1,
  NodeList: () => document.childNodes,
  CSSStyleDeclaration: () => document.body.style,
  DOMStringMap: () => document.body.dataset,
  Headers: () => new Headers(),
  FormData: () => new FormData(),
  URL: () => new URL('http://localhost/'),
  AbortSignal: () => new AbortController().signal,
  ReadableStream: () => new ReadableStream(),
  'a promise': () => [Promise.resolve()],
  WeakMap: () => new WeakMap(),
  WeakSet: () => new WeakSet(),
  WeakRef: () => new WeakRef({}),
  generator: () => (function * () {})(),
  iterator: () => [].values(),
  arguments: () => (function () { return arguments })(1),
  'Intl.NumberFormat': () => new Intl.NumberFormat(),
  'WebAssembly.Module': () => new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])),
  'WebAssembly.Memory': () => new WebAssembly.Memory({ initial: 1 }),
  'shared memory': () => new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer,
  'a view of it': () => new Uint8Array(
    new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer),
  'Proxy of an object': () => new Proxy({ a: 1 }, {}),
  'Proxy of an array': () => new Proxy([1], {}),
  'revocable Proxy': () => Proxy.revocable({}, {}).proxy,
  'Proxy of a Map': () => new Proxy(new Map(), {}),
  'Proxy of a Date': () => new Proxy(new Date(), {}),
  'Proxy of a node': () => new Proxy(document.body, {}),
  'Proxy of a function': () => new Proxy(() => {}, {}),
  'an element that says it is an Object': () =>
    Object.defineProperty(document.createElement('p'), Symbol.toStringTag, { value: 'Object' }),
  'an element with a null prototype': () => Object.setPrototypeOf(document.createElement('p'), null),
  'an element of another realm': () => frame.document.body,
  'a promise of another realm': () => frame.eval('[Promise.resolve()]')
}
for (const name of Object.keys(refused)) {
  let value
  try {
    value = await refused[name]()
  } catch (error) {
    failures.push(`${name}: cannot be made: ${error}`)
    continue
  }
  for (const v of [value, [value], { value }, new Map([[1, value]])]) {
    checked++
    try {
      serialize(v)
      failures.push(`${name}: was cloned`)
      break
    } catch (error) {
      if (Object.getPrototypeOf(error) !== Error.prototype ||
        error.message !== 'An object could not be cloned.') failures.push(`${name}: ${error}`)
    }
  }
}

const cloned = {
  'an object of another realm': [
    () => frame.eval('({ a: [1, { b: 2 }] })'), v => JSON.stringify(v) === '{"a":[1,{"b":2}]}'],
  'a Map of another realm': [() => frame.eval('new Map([[1, 2]])'), v => v instanceof Map && v.get(1) === 2],
  'a Date of another realm': [() => frame.eval('new Date(5)'), v => v instanceof Date && v.getTime() === 5],
  'an Error of another realm': [
    () => frame.eval('new TypeError("m")'), v => v instanceof TypeError && v.message === 'm'],
  'bytes of another realm': [
    () => frame.eval('new Uint8Array([1, 2])'), v => v instanceof Uint8Array && v[1] === 2],
  'an instance with a tag': [
    () => new (class { x = 1; get [Symbol.toStringTag] () { return 'Promise' } })(), v => v.x === 1],
  'an instance': [() => new (class A { x = 1 })(), v => v.x === 1 &&
    Object.getPrototypeOf(v) === Object.prototype],
  'an object made from an element prototype': [
    () => Object.assign(Object.create(HTMLElement.prototype), { a: 1 }), v => v.a === 1],
  'an Error': [() => new RangeError('m', { cause: [1] }), v => v instanceof RangeError && v.cause[0] === 1 &&
    typeof v.stack === 'string' && Reflect.ownKeys(v).sort().join() === 'cause,message,stack'],
  Float16Array: [() => new Float16Array([1.5]), v => v instanceof Float16Array && v[0] === 1.5]
}
for (const name of Object.keys(cloned)) {
  checked++
  const [make, good] = cloned[name]
  try {
    const value = deserialize(serialize(make()).slice())
    if (!good(value)) failures.push(`${name}: arrived as ${Object.prototype.toString.call(value)}`)
  } catch (error) {
    failures.push(`${name}: ${error}`)
  }
}

for (const n of [0, 1, 63, 64, 65, 511, 512, 513, 65535, 65536, 65537, 262147, 3145729]) {
  for (const c of ['a', 'ä', '\x80', '語', '\ud800', '\ufeff', 'ÿþ', '😀']) {
    checked++
    const s = c.repeat(n)
    if (c < '\u0100' && serialize(s).length > s.length + 8) failures.push(
      `${n} times ${escape(c)} is not one byte each`)
    if (deserialize(serialize(s).slice()) !== s) failures.push(`string of ${n} times ${escape(c)}`)
    if (deserialize(serialize([s + '語'], 3), 3)[0] !== s + '語') failures.push(
      `two-byte string of ${n} times ${escape(c)}`)
  }
}
return JSON.stringify({ failures, checked })
