// Node's half of the clone benchmark: its native serializer (the raw classes) and JSON, on the same payloads.
import { performance } from 'node:perf_hooks'
import v8 from 'node:v8'
import payloadModule from './js/payloads.js'

const { makePayloads } = payloadModule
const only = process.argv[2]
const payloads = makePayloads()
const isJSON = { small: true, records: true, latin1: true, utf16: true }

let sink
/** The best time for one call of `body`, in nanoseconds. */
function measure(body) {
  const time = (count) => {
    const start = performance.now()
    for (let i = 0; i < count; i++) sink = body()
    return (performance.now() - start) * 1e6
  }
  let count = 1
  while (time(count) < 20e6 && count < 2 ** 24) count *= 2
  let best = Infinity
  for (let i = 0; i < 12; i++) best = Math.min(best, time(count) / count)
  return best
}

const encode = (value) => {
  const serializer = new v8.Serializer()
  serializer.writeHeader()
  serializer.writeValue(value)
  return serializer.releaseBuffer()
}
const decode = (bytes) => {
  const deserializer = new v8.Deserializer(bytes)
  deserializer.readHeader()
  return deserializer.readValue()
}

for (const [payload, value] of Object.entries(payloads)) {
  if (only && only !== payload) continue
  // A flat string: `repeat` leaves a tree of pieces, and flattening it is not part of what is measured.
  if (typeof value === 'string') Number(value)
  const bytes = encode(value)
  const figures = { payload, bytes: bytes.length }
  figures.nodeEncode = measure(() => encode(value))
  figures.nodeDecode = measure(() => decode(bytes))
  if (isJSON[payload]) {
    const text = JSON.stringify(value)
    figures.jsonEncode = measure(() => JSON.stringify(value))
    figures.jsonDecode = measure(() => JSON.parse(text))
  }
  console.log(JSON.stringify(figures))
}
