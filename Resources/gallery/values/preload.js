const { contextBridge, ipcRenderer } = require('electron')

// What the context bridge would not carry is made on this side of it.
const cycle = { name: 'a cycle' }
cycle.self = cycle

const samples = {
  Date: new Date(0),
  Map: new Map([['one', 1], ['two', { deep: [2] }]]),
  Set: new Set([1, 'two', null]),
  'Typed array': new Float64Array([0.5, -0, NaN]),
  'Big integer': 2n ** 80n,
  'Regular expression': /mart(let)?/giu,
  Error: new RangeError('out of reach'),
  'A cycle': cycle,
  'Array with holes': [1, , 3], // eslint-disable-line no-sparse-arrays
  Undefined: { here: undefined, and: null },
  'A function': () => 'cannot be cloned'
}

/** A value as its kind and what is in it. */
function text (value) {
  if (value instanceof Map) return `Map {${[...value].map(([key, item]) => ` ${text(key)} => ${text(item)}`)} }`
  if (value instanceof Set) return `Set {${[...value].map(item => ` ${text(item)}`)} }`
  if (value instanceof Date) return `Date ${value.toISOString()}`
  if (value instanceof Error || value instanceof RegExp || typeof value === 'function') return String(value)
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} [ ${[...value].map(text).join(', ')} ]`
  if (Array.isArray(value)) return `[ ${Array.from(value, (item, at) => at in value ? text(item) : 'hole').join(', ')} ]`
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value).map(([key, item]) => `${key}: ${item === value ? 'itself' : text(item)}`).join(', ')} }`
  }
  if (typeof value === 'string') return `'${value}'`
  if (typeof value === 'bigint') return `${value}n`
  return Object.is(value, -0) ? '-0' : String(value)
}

contextBridge.exposeInMainWorld('electronAPI', {
  names: Object.keys(samples),
  text: name => text(samples[name]),
  send: async name => {
    const [there, back] = await ipcRenderer.invoke('values:round-trip', samples[name])
    return { there, back: text(back) }
  },
  area: (width, height) => ipcRenderer.invoke('values:area', width, height)
})
