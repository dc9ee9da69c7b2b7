// Starts both programs in turn, reads when their first reply came and what memory their processes hold, and
// prints a table. usage: measure.mjs RUNS FOLDER-OF-FLOOR FOLDER-OF-MARTLET
import { statSync } from 'node:fs'
import { makeHome, median, printTable, sorted } from '../support/programs.mjs'
import { startUp } from '../support/startup.mjs'

const [runs, floor, martlet] = [Number(process.argv[2]), ...process.argv.slice(3)]

// Each in a home of its own that it knows already, as on any day but the first.
const programs = [
  { name: 'C floor', command: [`${floor}/floor`, 'Benchmarks/Floor/page.html'], home: makeHome() },
  { name: 'Martlet', command: [`${martlet}/martlet-startup-bench`], home: makeHome() }
]

const spread = values =>
  `${median(values).toFixed(0)} (${sorted(values)[0].toFixed(0)} to ${sorted(values).at(-1).toFixed(0)})`
const kilobytes = file => (statSync(file).size / 1000).toFixed(0)

const results = new Map(programs.map(({ name }) => [name, []]))
for (const program of programs) await startUp(program)
for (let run = 0; run < runs; run++) {
  for (const program of programs) results.get(program.name).push(await startUp(program))
}

const row = (title, cell) => [title, ...programs.map(cell)]
const of = (key, format) => ({ name }) => format(results.get(name).map(result => result[key]))
printTable([
  ['', ...programs.map(({ name }) => name)],
  row(`spawn to first reply, ms, median of ${runs} (range)`, of('time', spread)),
  row('PSS of all processes, MiB', of('memory', spread)),
  row('PSS of the main process, MiB', of('main', spread)),
  row('processes', of('processes', median)),
  row('executable, stripped, kB', ({ command }) => kilobytes(command[0])),
  ['the example SetTitle, stripped, kB', '', kilobytes(`${martlet}/martlet-set-title`)],
  ['renderer extension, stripped, kB', '', kilobytes(`${martlet}/libMartletRenderer.so`)]
])
