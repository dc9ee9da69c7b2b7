// ../shared/design/electron-surface.md lists the behaviour of Electron. Each line of that list is named by a
// test or by a reason below. A test names a line in its own name; `IPC-01 to IPC-03` names three lines.

import { test } from 'node:test'
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const surface = `${root}../shared/design/electron-surface.md`
const skip = existsSync(surface) ? false : `there is no ${surface}`

// Reasons, each with the lines that no test names because of it.
const reasons = [
  ['a Swift compiler refuses it', 'IPC-24 IPC-31 IPC-37 to IPC-39 IPC-41 to IPC-43 WFM-38'],
  ['WebKitGTK tells no page that the other end of its MessageChannel was collected', 'IPC-19'],
  ['isolation cannot be off', 'CB-01'],
  ["Electron's own debugging interface", 'CB-62 to CB-72'],
  ['an exposed value is never mutable', 'CB-78'],
  ['there is no <webview>', 'SUB-10'],
  ['WebKitGTK 2.50 does not isolate sites; SECURITY.md says so', 'SUB-12'],
  ['a page opens no windows yet: about:blank has no opener', 'WFM-12 WFM-13'],
  ['skipped by Electron too', 'WFM-29'],
  ['WebKitGTK has nothing to build it from', 'WFM-34 WFM-35 WFM-40 WFM-41'],
  ['printing is not built yet', 'WFM-36 WFM-37'],
  ['menus are built only as far as the tutorials need', 'S-54 to S-58 MENU-01 to MENU-49 MI-01 to MI-27 MI-29 to MI-49'],
  ['dialogs are built only as far as the tutorials need', 'DLG-01 to DLG-59']
].map(([why, lines]) => ({ why, lines: named(lines) }))

test('every line of electron-surface.md is named by a test or has a reason', { skip }, () => {
  const excused = new Set(reasons.flatMap(({ lines }) => lines))
  const tested = new Set(testNames().flatMap(named))
  assert.deepEqual(listed().filter(line => !tested.has(line) && !excused.has(line)), [], 'named by no test')
})

test('every line that a reason names exists and is named by no test', { skip }, () => {
  const tested = new Set(testNames().flatMap(named))
  const lines = new Set(listed())
  const stale = reasons.flatMap(({ lines }) => lines).filter(line => tested.has(line) || !lines.has(line))
  assert.deepEqual(stale, [])
})

test('every line that a test names exists', { skip }, () => {
  const lines = new Set(listed())
  const wrong = testNames().filter(name => named(name).some(line => !lines.has(line)))
  assert.deepEqual(wrong, [])
})

/** The lines of the list: those in the tables of Electron's tests, and the rules. */
function listed () {
  const text = readFileSync(surface, 'utf8')
  const lines = [...text.matchAll(/^(?:\| |\* \*\*)([A-Z]+-\d\d)(?: \||\*\*)/gm)].map(match => match[1])
  assert.ok(lines.length > 400, `only ${lines.length} lines were found`)
  return lines
}

/** The names of all tests: functions in Swift, calls in JavaScript, rows of the bridge's rules. */
function testNames () {
  const files = readdirSync(`${root}Tests`, { recursive: true })
  const names = (file, ...expressions) => expressions.flatMap(expression =>
    files.filter(path => file.test(path)).flatMap(path =>
      [...readFileSync(`${root}Tests/${path}`, 'utf8').matchAll(expression)].map(match => match[1])))
  return [
    ...names(/\.swift$/, /\bfunc\s+`([^`]+)`/g, /@(?:Test|Suite)\(\s*"([^"]+)"/g),
    ...names(/^Bridge\/.*\.test\.mjs$/, /^(?:test|alike)\(\s*'([^\n]*?)',/gm, /^(?:test|alike)\(\s*"([^\n]*?)",/gm),
    ...names(/^Hostile\/rules\.js$/, /\bname: '([^\n]*?)',/g)
  ]
}

/** The lines that a text names. */
function named (text) {
  return [...text.matchAll(/\b(IPC|MAIN|REN|CB|MENU|MI|DLG|SUB|WFM|S)-(\d+)(?: to \1-(\d+))?/g)]
    .flatMap(([, prefix, first, last = first]) =>
      Array.from({ length: last - first + 1 }, (_, index) => `${prefix}-${String(+first + index).padStart(first.length, '0')}`))
}
