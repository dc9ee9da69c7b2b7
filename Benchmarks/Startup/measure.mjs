// Starts both programs in turn, reads when their first reply came and what memory their processes hold, and prints
// a table. usage: measure.mjs RUNS FOLDER-OF-FLOOR FOLDER-OF-MARTLET
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const [runs, floor, martlet] = [Number(process.argv[2]), ...process.argv.slice(3)]
const deadline = 60_000
const settling = 1_000 // from the reply to the reading of the memory

const programs = [
  { name: 'C floor', command: [`${floor}/floor`, 'Benchmarks/Floor/page.html'] },
  { name: 'Martlet', command: [`${martlet}/startup-bench`] }
]

/** The parent of every process. */
const parents = () => new Map(readdirSync('/proc').filter(name => /^\d+$/.test(name)).flatMap(pid => {
  try {
    // The name in the brackets may hold anything; the state and the parent come after it.
    return [[Number(pid), Number(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) \S+ /s, '').split(' ')[0])]]
  } catch {
    return [] // it has ended
  }
}))

/** The process `root` and all below it: WebKit's helpers too, which are its children, sandboxed or not. */
const tree = root => {
  const all = parents()
  const isBelow = pid => pid === root || (all.has(pid) && isBelow(all.get(pid)))
  return [...all.keys()].filter(isBelow)
}

const pss = pid => {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)[1]) / 1024
}

const start = async ({ name, command: [file, ...args] }) => {
  const home = mkdtempSync(path.join(tmpdir(), 'startup-'))
  const env = { ...process.env, HOME: home, XDG_DATA_HOME: home, XDG_CACHE_HOME: home, XDG_CONFIG_HOME: home }
  const began = Date.now()
  const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise(resolve => child.once('exit', resolve))
  const timer = setTimeout(() => child.kill('SIGKILL'), deadline)
  try {
    let output = ''
    for await (const text of child.stdout) {
      output += text
      if (output.includes('\n')) break
    }
    const replied = /^first reply (\d+)/m.exec(output)
    if (!replied) throw new Error(`${name} ended, or was stopped after ${deadline} ms, without a reply`)
    await sleep(settling)
    const pids = tree(child.pid)
    return {
      time: Number(replied[1]) - began,
      processes: pids.length,
      main: pss(child.pid),
      memory: pids.reduce((sum, pid) => sum + pss(pid), 0)
    }
  } finally {
    clearTimeout(timer)
    child.kill()
    await ended
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

const sorted = values => [...values].sort((a, b) => a - b)
const median = values => sorted(values)[values.length >> 1]
const spread = values => `${median(values).toFixed(0)} (${sorted(values)[0].toFixed(0)} to ${sorted(values).at(-1).toFixed(0)})`
const kilobytes = file => (statSync(file).size / 1000).toFixed(0)

const results = new Map(programs.map(({ name }) => [name, []]))
for (const program of programs) await start(program) // warms the page cache
for (let run = 0; run < runs; run++) {
  for (const program of programs) results.get(program.name).push(await start(program))
}

const row = (title, cell) => [title, ...programs.map(cell)]
const of = (key, format) => ({ name }) => format(results.get(name).map(result => result[key]))
const rows = [
  ['', ...programs.map(({ name }) => name)],
  row(`spawn to first reply, ms, median of ${runs} (range)`, of('time', spread)),
  row('PSS of all processes, MiB', of('memory', spread)),
  row('PSS of the main process, MiB', of('main', spread)),
  row('processes', of('processes', median)),
  row('executable, stripped, kB', ({ command }) => kilobytes(command[0])),
  ['the example SetTitle, stripped, kB', '', kilobytes(`${martlet}/SetTitle`)],
  ['renderer extension, stripped, kB', '', kilobytes(`${martlet}/libMartletRenderer.so`)]
].map(cells => cells.map(String))
const widths = rows[0].map((_, column) => Math.max(...rows.map(cells => cells[column].length)))
for (const cells of rows) {
  console.log(cells.map((cell, column) => column ? cell.padStart(widths[column]) : cell.padEnd(widths[column])).join('  '))
}
