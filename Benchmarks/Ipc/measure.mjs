// Runs the IPC benchmark's programs in turn on one display, prints ratios and figures, and writes them as
// JSON. usage: measure.mjs FOLDER-OF-FLOORS FOLDER-OF-MARTLET [--rounds N] [--json FILE]
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { makeHome, median, printTable, withProgram } from '../support/programs.mjs'
import { startUp } from '../support/startup.mjs'

const { values: options, positionals: [floors, martlet] } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' }, json: { type: 'string' } }
})
const rounds = Number(options.rounds)
const deadline = 300_000
const pings = 20_000

const programs = {
  floorA: { name: 'floor A', command: [`${floors}/ipc`, 'Benchmarks/Ipc/pages'] },
  floorB: { name: 'floor B', command: [`${floors}/socket`, String(pings)] },
  lane: { name: 'Martlet, lane', command: [`${martlet}/martlet-ipc-bench`] },
  scriptMessage: {
    name: 'Martlet, script messages',
    command: [`${martlet}/martlet-ipc-bench`],
    env: { MARTLET_TRANSPORT: 'script-message' }
  },
  node: {
    name: 'Martlet, main.js',
    command: [process.execPath, `${floors}/node/lib/martlet/node/start.cjs`, 'Benchmarks/Ipc']
  }
}

/** The figures of one run: `{ measure: { mean, p50, p99 } }`, in microseconds. */
const run = program => withProgram(program, deadline, async lines => {
  const figures = {}
  for await (const line of lines) {
    if (!line.startsWith('{')) continue
    const { name, error, count, milliseconds, p50, p99 } = JSON.parse(line)
    if (error) throw new Error(error)
    figures[name] = { mean: milliseconds * 1e3 / count, ...p50 !== undefined && { p50, p99 } }
  }
  if (Object.keys(figures).length === 0) throw new Error(`no figures; stopped after ${deadline} ms?`)
  return figures
})

/** The median over the rounds of each figure. */
const combine = all => Object.fromEntries(Object.keys(all[0]).map(measure => [
  measure,
  Object.fromEntries(Object.keys(all[0][measure]).map(
    key => [key, median(all.map(one => one[measure][key]))]))
]))

const progress = text => { if (process.stderr.isTTY) process.stderr.write(`\r${text}\x1b[K`) }

const all = Object.fromEntries(Object.keys(programs).map(key => [key, []]))
for (let round = 0; round < rounds; round++) {
  for (const [key, program] of Object.entries(programs)) {
    progress(`round ${round + 1} of ${rounds}: ${program.name}`)
    all[key].push(await run(program))
  }
}
const figures = Object.fromEntries(Object.entries(all).map(([key, runs]) => [key, combine(runs)]))

// Start-up and memory: the start-up benchmark's programs, with one window and with five, each in a home of
// its own that it knows already, as on any day but the first.
const starters = {
  floorA: { name: 'floor A', command: [`${floors}/window`, 'Benchmarks/Floor/page.html'], home: makeHome() },
  martlet: { name: 'Martlet', command: [`${martlet}/martlet-startup-bench`], home: makeHome() }
}
const starts = {}
for (const windows of [1, 5]) {
  const found = { floorA: [], martlet: [] }
  for (const key of Object.keys(starters)) await startUp(starters[key])
  for (let round = 0; round < (windows === 1 ? 2 * rounds + 1 : rounds); round++) {
    for (const [key, starter] of Object.entries(starters)) {
      progress(`start ${round + 1} with ${windows} windows: ${starter.name}`)
      found[key].push(await startUp({ ...starter, command: [...starter.command, String(windows)] }, windows))
    }
  }
  starts[windows] = Object.fromEntries(Object.entries(found).map(([key, runs]) => [key, {
    spawn: median(runs.map(one => one.time)),
    pss: median(runs.map(one => one.memory)),
    pssMain: median(runs.map(one => one.main))
  }]))
}
// The very first start, when GTK's shaders are still to be compiled and kept.
const firstStarts = { floorA: [], martlet: [] }
for (let round = 0; round < rounds; round++) {
  for (const [key, { name, command }] of Object.entries(starters)) {
    progress(`first start ${round + 1}: ${name}`)
    firstStarts[key].push((await startUp({ name, command })).time)
  }
}
progress('')

// MARK: What it says

const { floorA, floorB, lane, scriptMessage, node } = figures
const mean = (side, measure) => side?.[measure]?.mean
/** The faster of floor A's two ways: the value itself, or as JSON text. */
const fasterA = measure => Math.min(mean(floorA, measure), mean(floorA, `${measure}-json`))
const over = (value, floor) => value === undefined || floor === undefined ? null : value / floor

const ratios = {
  invoke_sequential_vs_script_message: over(mean(lane, 'invoke'), fasterA('invoke')),
  invoke_sequential_vs_socket: over(mean(lane, 'invoke'), mean(floorB, 'ping')),
  invoke_inflight_vs_script_message: over(mean(lane, 'in-flight'), fasterA('in-flight')),
  push_vs_evaluate: over(mean(lane, 'push'), mean(floorA, 'push')),
  sendsync_vs_sync_xhr: over(mean(lane, 'send-sync'), mean(floorA, 'send-sync')),
  sendsync_vs_socket: over(mean(lane, 'send-sync'), mean(floorB, 'ping')),
  port_vs_invoke: over(mean(lane, 'port'), mean(lane, 'invoke-beside-port')),
  node_invoke_vs_swift: over(mean(node, 'invoke'), mean(lane, 'invoke')),
  bytes50_vs_string50: over(mean(lane, 'bytes-50'), mean(floorA, 'string-50')),
  spawn_vs_c: starts[1].martlet.spawn / starts[1].floorA.spawn,
  pss_over_c_mb: starts[1].martlet.pss - starts[1].floorA.pss
}
const targets = {
  invoke_sequential_vs_script_message: 0.35,
  invoke_sequential_vs_socket: 5,
  invoke_inflight_vs_script_message: 0.25,
  push_vs_evaluate: 0.2,
  sendsync_vs_sync_xhr: 0.2,
  sendsync_vs_socket: 3,
  port_vs_invoke: 1.2,
  node_invoke_vs_swift: 2,
  bytes50_vs_string50: 0.15,
  spawn_vs_c: 1.1,
  pss_over_c_mb: 8
}

const missing = 'missing'
const shown = (value, digits = 2) => value === null || value === undefined ? missing : value.toFixed(digits)
printTable([
  ['ratio', 'measured', 'target'],
  ...Object.entries(ratios).map(([key, value]) => [
    key, shown(value), `${targets[key]}`, value === null ? '' : value <= targets[key] ? 'met' : 'MISSED'
  ])
])

const sides = [floorA, lane, scriptMessage, node]
const latency = side => measure => {
  const one = side?.[measure]
  if (!one) return ''
  return one.p50 === undefined ? one.mean.toFixed(
    1) : `${one.mean.toFixed(1)} / ${one.p50.toFixed(1)} / ${one.p99.toFixed(1)}`
}
const single = side => measure => side?.[measure] ? side[measure].mean.toFixed(1) : ''
const milliseconds = side => measure => side?.[measure] ? (side[measure].mean / 1e3).toFixed(1) : ''
const throughput = side => measure => {
  const size = Number(measure.split('-')[1]) * 1.048576
  return side?.[measure] ? `${(side[measure].mean / 1e3).toFixed(1)} ms, ${(
    2 * size / (side[measure].mean / 1e6)).toFixed(0)} MB/s` : ''
}
const row = (title, cell, measure) =>
  [title, ...sides.map(side => cell(side)(measure) || (side === lane ? missing : ''))]
console.log(`\nMedians over ${rounds} rounds. Microseconds; mean / p50 / p99 where there are three.`)
printTable([
  ['', 'floor A', 'lane', 'script messages', 'main.js'],
  row('invoke in sequence', latency, 'invoke'),
  row('  as JSON text', latency, 'invoke-json'),
  row('invoke, 100 in flight, each', single, 'in-flight'),
  row('  as JSON text', single, 'in-flight-json'),
  row('push to the page, each', single, 'push'),
  row('sendSync, sync XHR', latency, 'send-sync'),
  row('port to port, round trip', single, 'port'),
  row('  invoke, in turn with it', single, 'invoke-beside-port'),
  ...[1, 10, 50].map(size => row(`${size} MiB string, there and back, ms`, milliseconds, `string-${size}`)),
  ...[1, 10, 50].map(size => row(`${size} MiB Uint8Array, there and back`, throughput, `bytes-${size}`))
].filter((cells, index) => index === 0 || cells.slice(1).some(cell => cell && cell !== missing) ||
  !cells[0].startsWith(' ')))
console.log(`floor B, a round trip between two processes: ${latency(floorB)('ping')}`)
console.log('MB/s: what crossed in both directions, in millions of bytes, by the time of both.\n')
printTable([
  ['', 'floor A', 'Martlet'],
  ['spawn to first reply, ms', ...['floorA', 'martlet'].map(key => starts[1][key].spawn.toFixed(0))],
  ['  at the very first start', ...['floorA', 'martlet'].map(key => median(firstStarts[key]).toFixed(0))],
  ...[1, 5].flatMap(windows => [
    [`PSS of all processes, ${windows} window${windows > 1 ? 's' : ''}, MiB`,
      ...['floorA', 'martlet'].map(key => starts[windows][key].pss.toFixed(1))],
    ['  of the main process', ...['floorA', 'martlet'].map(key => starts[windows][key].pssMain.toFixed(1))]
  ])
])

if (options.json) {
  writeFileSync(options.json,
    JSON.stringify({ ratios, targets, rounds, figures, starts, firstStarts, runs: all }, null, 2) + '\n')
}
