'use strict'

// The measures, the same for floor A's page and for Martlet's preload. What a side cannot do, it leaves out
// of its `api`: `invoke`, `push`, `sendSync`, `port` (each of which moves one message), `begin` and `end`.

const message = { id: 1, text: 'hello' }
const mebibyte = 1 << 20

/** Characters of every kind that a Latin-1 string can have without being trivial, `size` of them. */
function text (size) {
  const some = Array.from({ length: 1024 }, (_, index) => String.fromCharCode(32 + index % 95)).join('')
  return some.repeat(size / some.length)
}

function bytes (size) {
  const array = new Uint8Array(size)
  for (let index = 0; index < size; index += 97) array[index] = index
  return array
}

async function sequentially (count, call) {
  for (let index = 0; index < count; index++) await call(message)
}

async function inFlight (count, width, call) {
  let started = 0
  await Promise.all(Array.from({ length: width }, async () => {
    while (started++ < count) await call(message)
  }))
}

async function echo (count, payload, call) {
  for (let index = 0; index < count; index++) {
    const back = await call(payload)
    if (back.length !== payload.length) throw new Error(`an echo of ${back.length} for ${payload.length}`)
  }
}

/**
 * How long each measure runs for nothing: JavaScriptCore's last compiler takes functions that were called
 * 6,600 times.
 */
const warming = 2000

/**
 * Runs one measure: first for nothing, until what is compiled when it has run for a while is, and memory has
 * been used before. Once is enough for what takes long by its size.
 */
async function measure (api, name, count, run) {
  const warm = performance.now() + (count < 100 ? 0 : warming)
  do await run(count); while (performance.now() < warm)
  api.begin(name)
  const began = performance.now()
  await run(count)
  api.end({ name, count, milliseconds: performance.now() - began })
}

/**
 * Two measures in turn, for the ratio of the two: the speed of many a machine changes from one second to the
 * next. Each runs first for nothing.
 */
async function measureInTurn (api, calls, count, blocks) {
  const times = {}
  for (const [name, call] of Object.entries(calls)) {
    times[name] = 0
    const warm = performance.now() + warming
    while (performance.now() < warm) await sequentially(count / blocks, call)
  }
  for (let block = 0; block < blocks; block++) {
    for (const [name, call] of Object.entries(calls)) {
      const began = performance.now()
      await sequentially(count / blocks, call)
      times[name] += performance.now() - began
    }
  }
  for (const name in times) {
    api.begin(name) // so that no call's time is of this one
    api.end({ name, count, milliseconds: times[name] })
  }
}

/** The measures of one side. */
async function measureAll (api) {
  for (const [suffix, call] of Object.entries(api.invoke)) {
    await measure(api, `invoke${suffix}`, 5000, count => sequentially(count, call))
    await measure(api, `in-flight${suffix}`, 10000, count => inFlight(count, 100, call))
  }
  if (api.port) await measureInTurn(api, { 'invoke-beside-port': api.invoke[''], port: api.port }, 5000, 10)
  if (api.sendSync) {
    await measure(api, 'send-sync', 1000, async count => {
      for (let index = 0; index < count; index++) api.sendSync(message)
    })
  }
  for (let round = 0; round < 5; round++) await api.push(5000) // the last one counts
  const call = api.invoke['']
  for (const [size, count] of [[1, 20], [10, 6], [50, 4]]) {
    const payload = text(size * mebibyte)
    await measure(api, `string-${size}`, count, count => echo(count, payload, call))
    if (!api.hasBytes) continue
    const array = bytes(size * mebibyte)
    await measure(api, `bytes-${size}`, count, count => echo(count, array, call))
  }
}

if (typeof module === 'object') module.exports = measureAll
