// The methods of Uint8Array that WebKit has and node 20 lacks: hex and base64, as in the ECMAScript proposal.
// For tests only: the bridge relies on the engine.

const ALPHABETS = {
  base64: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  base64url: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
}

function toHex () {
  return Array.from(this, byte => byte.toString(16).padStart(2, '0')).join('')
}

function fromHex (text) {
  if (typeof text !== 'string') throw new TypeError('a string is needed')
  if (text.length % 2 !== 0 || /[^0-9a-f]/i.test(text)) throw new SyntaxError('no hex')
  return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    parseInt(text.slice(2 * index, 2 * index + 2), 16))
}

function toBase64 ({ alphabet = 'base64', omitPadding = false } = {}) {
  const text = globalThis.Buffer.from(this.buffer, this.byteOffset, this.byteLength).toString(alphabet)
  if (omitPadding) return text.replace(/=+$/, '')
  return text + '='.repeat(-text.length & 3)
}

function fromBase64 (text, { alphabet = 'base64' } = {}) {
  if (typeof text !== 'string') throw new TypeError('a string is needed')
  const [, digits, padding] = /^([^=]*)(=*)$/.exec(text.replace(/[\t\n\f\r ]/g, '')) ?? []
  const isWhole = digits !== undefined && digits.length % 4 !== 1 &&
    (padding === '' || (digits.length + padding.length) % 4 === 0) && padding.length < 3
  if (!isWhole || [...digits].some(digit => !ALPHABETS[alphabet].includes(digit))) throw new SyntaxError(
    'no base64')
  return Uint8Array.from(globalThis.Buffer.from(digits, alphabet))
}

const define = (object, name, value) => {
  if (!(name in object)) Object.defineProperty(object, name, { value, writable: true, configurable: true })
}
define(Uint8Array, 'fromHex', fromHex)
define(Uint8Array, 'fromBase64', fromBase64)
define(Uint8Array.prototype, 'toHex', toHex)
define(Uint8Array.prototype, 'toBase64', toBase64)
