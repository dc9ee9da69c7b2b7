'use strict'

// Microseconds of one call: the median of the rounds. A page's clock has steps of a millisecond, so a round
// takes at least 200 of them.

const ROUNDS = 7
const MILLISECONDS = 200

const direct = x => x
const same = x => x
const thousand = Array.from({ length: 1000 }, (_, index) => index)
const mebibyte = new Uint8Array(1 << 20)

// Each makes `n` calls and uses what they give.
const measures = {
  number (n) { let t = 0; for (let i = 0; i < n; i++) t += api.number(i); return t },
  object (n) { let t = 0; for (let i = 0; i < n; i++) t += api.object({ n: i, s: 'h' }); return t },
  array1000 (n) { let t = 0; for (let i = 0; i < n; i++) t += api.array(thousand); return t },
  bytes1mib (n) { let t = 0; for (let i = 0; i < n; i++) t += api.bytes(mebibyte); return t },
  callback (n) { api.hold(same); api.run(n) }, // from the preload to the page
  async async (n) { let t = 0; for (let i = 0; i < n; i++) t += await api.later(i); return t },
  direct (n) { let t = 0; for (let i = 0; i < n; i++) t += direct(i); return t },
  native (n) { let t = 0; for (let i = 0; i < n; i++) t += native(i); return t }
}

const time = async (measure, n) => {
  const start = performance.now()
  await measure(n)
  return performance.now() - start
}

async function figure (measure) {
  let n = 1
  let took = 0
  while ((took = await time(measure, n)) < 20) n *= 2 // until it is compiled and long enough to be seen
  n = Math.ceil(n * MILLISECONDS / took)
  while ((took = await time(measure, n)) < MILLISECONDS) n =
    Math.ceil(n * 1.2 * MILLISECONDS / Math.max(took, 1))
  const all = []
  for (let round = 0; round < ROUNDS; round++) all.push(await time(measure, n) * 1e3 / n)
  return all.sort((a, b) => a - b)[ROUNDS >> 1]
}

addEventListener('load', async () => {
  const microseconds = {}
  try {
    for (const name of Object.keys(measures)) microseconds[name] = await figure(measures[name])
    api.finish({ microseconds })
  } catch (error) {
    api.finish({ error: String(error) })
  }
})
