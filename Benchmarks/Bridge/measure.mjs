// Runs the bridge benchmark's app several times, prints the medians, and writes them as JSON.
// usage: measure.mjs PROGRAM [--runs N] [--json FILE]
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { median, printTable, withProgram } from '../support/programs.mjs'

const { values: options, positionals: [program] } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '5' }, json: { type: 'string' } }
})
const deadline = 300_000

const measures = {
  number: 'a number there and back',
  object: "{ n: 1, s: 'h' } there, a number back",
  array1000: 'an array of 1000 numbers there',
  bytes1mib: 'a Uint8Array of 1 MiB there',
  callback: 'a callback of the page, called by the preload',
  async: 'an async function, awaited',
  direct: 'a function of the page itself',
  native: 'a function of jsc_value_new_function'
}

const run = () => withProgram({ name: 'bridge-bench', command: [program] }, deadline, async lines => {
  for await (const line of lines) {
    if (!line.startsWith('{')) continue
    const { microseconds, error } = JSON.parse(line)
    if (error) throw new Error(error)
    return microseconds
  }
  throw new Error(`no figures; stopped after ${deadline} ms?`)
})

const all = []
for (let count = 0; count < Number(options.runs); count++) all.push(await run())
const microseconds = Object.fromEntries(
  Object.keys(measures).map(key => [key, median(all.map(one => one[key]))]))

const digits = value => value < 0.1 ? value.toFixed(4) : value < 10 ? value.toFixed(3) : value.toFixed(1)
const range = key => `${digits(Math.min(...all.map(one => one[key])))} to ${digits(
  Math.max(...all.map(one => one[key])))}`
printTable([
  ['a call with …', 'µs', `of ${all.length} runs`],
  ...Object.entries(measures).map(([key, title]) => [title, digits(microseconds[key]), range(key)])
])
if (options.json) writeFileSync(options.json, JSON.stringify({ microseconds }, undefined, 2) + '\n')
