// Starting a program in folders of its own, and what its processes hold.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** The parent of every process. */
const parents = () => new Map(readdirSync('/proc').filter(name => /^\d+$/.test(name)).flatMap(pid => {
  try {
    // The name in the brackets may hold anything; the state and the parent come after it.
    return [[Number(pid), Number(
      readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) \S+ /s, '').split(' ')[0])]]
  } catch {
    return [] // it has ended
  }
}))

/** The process `root` and all below it: WebKit's helpers too, which are its children, sandboxed or not. */
export const tree = root => {
  const all = parents()
  const isBelow = pid => pid === root || (all.has(pid) && isBelow(all.get(pid)))
  return [...all.keys()].filter(isBelow)
}

/** A process's proportional set size, in MiB. */
export const pss = pid => {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)[1]) / 1024
}

const homes = mkdtempSync(path.join(tmpdir(), 'martlet-bench-'))
process.once('exit', () => {
  try {
    rmSync(homes, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  } catch {
    // A web process that is just ending still writes there: no reason to lose the figures.
  }
})

/** A folder for a program's caches and settings. Gone with this process. */
export const makeHome = () => mkdtempSync(path.join(homes, 'home-'))

/**
 * Starts a program and gives `use` its lines, as an async iterator that ends with the program, and its
 * process number. When `use` has returned, or after `deadline` milliseconds, the program is ended. It finds
 * the caches and settings of `home`, or nothing.
 */
export const withProgram =
  async ({ name, command: [file, ...args], env = {}, home = makeHome() }, deadline, use) => {
  const folders = { HOME: home, XDG_DATA_HOME: home, XDG_CACHE_HOME: home, XDG_CONFIG_HOME: home }
  const child = spawn(file, args,
    { env: { ...process.env, ...folders, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise(resolve => {
    child.once('exit', resolve)
    child.once('error', resolve)
  })
  const timer = setTimeout(() => child.kill('SIGKILL'), deadline)
  try {
    return await use(lines(child.stdout), child.pid)
  } catch (error) {
    throw new Error(`${name}: ${error.message}`, { cause: error })
  } finally {
    clearTimeout(timer)
    child.kill()
    await ended
  }
}

async function * lines (stream) {
  let rest = ''
  for await (const text of stream) {
    const parts = (rest + text).split('\n')
    rest = parts.pop()
    yield * parts
  }
}

export const sorted = values => [...values].sort((a, b) => a - b)
export const median = values => sorted(values)[values.length >> 1]

/** Prints rows of cells, the first column to the left and the others to the right. */
export const printTable = rows => {
  const widths = rows[0].map(
    (_, column) => Math.max(...rows.map(cells => String(cells[column] ?? '').length)))
  for (const cells of rows) {
    console.log(widths.map((width, column) => {
      const cell = String(cells[column] ?? '')
      return column ? cell.padStart(width) : cell.padEnd(width)
    }).join('  ').trimEnd())
  }
}
