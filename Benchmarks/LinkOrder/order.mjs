// Runs programs with trace.c and writes the link order: usage: order.mjs TRACER OUT PROGRAM... Beside each
// PROGRAM lies the map that lld wrote of it, PROGRAM.map.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { withProgram } from '../support/programs.mjs'

/**
 * How long a program runs, in milliseconds: where breakpoints slow it down, too, its window is there long
 * before.
 */
const PERIOD = 5000
/**
 * A section that is longer, in bytes, is left where it is: there is little in it that runs (the standard
 * library's is 1.6 MB).
 */
const LONG = 65536

const [tracer, out, ...programs] = process.argv.slice(2)
const folder = mkdtempSync(path.join(tmpdir(), 'martlet-order-'))
process.once('exit', () => rmSync(folder, { recursive: true }))

/** The functions of a program's code, `{ address, name, section }`, rising. */
const functionsOf = map => {
  const found = new Map()
  let isCode = false
  let section
  for (const line of readFileSync(map, 'utf8').split('\n')) {
    const [, address, size, indent, name] =
      /^ *([0-9a-f]+) +[0-9a-f]+ +([0-9a-f]+) +\d+ ( *)(.*)$/.exec(line) ?? []
    if (name === undefined) continue
    if (indent.length === 0) isCode = name === '.text'
    else if (indent.length === 8) section = { size: parseInt(size, 16) }
    else if (isCode && size !== '0' && !found.has(address)) found.set(address, { address, name, section })
  }
  return [...found.values()].sort((a, b) => parseInt(a.address, 16) - parseInt(b.address, 16))
}

/** The names of the functions that ran, one of each section. */
const trace = async program => {
  const functions = functionsOf(program + '.map')
  const env = { LD_PRELOAD: path.resolve(tracer), FUNCTIONS: path.join(folder, 'functions'),
    RAN: path.join(folder, 'ran') }
  writeFileSync(env.FUNCTIONS, functions.map(({ address }) => address).join('\n'))
  await withProgram({ name: path.basename(program), command: [program], env }, 2 * PERIOD, () =>
    sleep(PERIOD))
  const bytes = readFileSync(env.RAN)
  const ran = [...new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)].filter(
    number => number !== 0)
  console.log(`${path.basename(program)}: ${ran.length} of ${functions.length} functions ran`)
  if (ran.length < 1000) throw new Error(`${program} did not come far`)
  const seen = new Set()
  return ran.map(number => functions[number - 1]).filter(({ section }) => {
    if (section.size > LONG || seen.has(section)) return false
    return seen.add(section)
  }).map(({ name }) => name)
}

const names = new Set()
for (const program of programs) for (const name of await trace(program)) names.add(name)
writeFileSync(out, [...names].join('\n') + '\n')
console.log(`${names.size} names in ${out}`)
process.exit()
