// The codec under test and its oracle, v8.Serializer and v8.Deserializer.
import { createRequire } from 'node:module'
import v8 from 'node:v8'

const require = createRequire(import.meta.url)
export const { serialize, serializeSegments } = require('../../../Resources/bridge/codec/encode/encode.js')
export const { deserialize, DataError } = require('../../../Resources/bridge/codec/decode/decode.js')
export const { MAX_DEPTH, MAX_VALUES, MAX_OBJECTS } = require('../../../Resources/bridge/codec/tags.js')

export function v8Write (value) {
  const serializer = new v8.Serializer()
  serializer.writeHeader()
  serializer.writeValue(value)
  return serializer.releaseBuffer()
}

export function v8Read (bytes) {
  const deserializer = new v8.Deserializer(bytes)
  deserializer.readHeader()
  return deserializer.readValue()
}

/** The features of this node version, for random-values. */
export function oracleOptions () {
  const stream = v8Write(new Error('m', { cause: 1 }))
  const resizable = 'resizable' in ArrayBuffer.prototype &&
    v8Write(new ArrayBuffer(1, { maxByteLength: 2 }))[2] === 0x7e
  return { causes: stream.includes('c'.charCodeAt(0), 4) && v8Read(stream).cause === 1, resizable }
}

export const seed = Number(process.env.MARTLET_SEED) || (Date.now() % 2 ** 31)
export const count = Number(process.env.MARTLET_VALUES) || 20000
