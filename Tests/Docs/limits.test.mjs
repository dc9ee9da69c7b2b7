// docs/limits.md has one table of all limits. Its numbers must be those of the constants in the sources.

import { test } from 'node:test'
import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const wire = 'Sources/CMartletWire/include'

/** Files of the repository by path; undefined where there is none. */
const read = path => existsSync(root + path) ? readFileSync(root + path, 'utf8') : undefined
const table = read('docs/limits.md')
const headers = readdirSync(root + wire).map(name => read(`${wire}/${name}`)).join('\n')

test('the table of limits has the values of the constants', () => {
  assert.deepEqual(complaints(table, headers, read), [])
  assert.ok(rowsOf(table).length > 60)
})

test('a wrong value, a lost constant, a lost file and a lost limit of the wire are found', () => {
  const files = {
    'a.swift': `static let limit: Int = 64 << 10
      let pause: UInt32 = 2_000 // ms
      func f(limit: Int) { use(limit) }`,
    'a.js': 'const HEADER = 16\nconst LIMIT = 64 * 1024 + HEADER\nstatic LIMIT = 2 ** 30',
    'a.h': 'enum {\n  MARTLET_A_LIMIT = 4 << 20,\n  MARTLET_B_LIMIT = 1 + MARTLET_A_LIMIT, // one more\n};'
  }
  const found = (value, place) =>
    complaints(`| **a group** | | | |\n| a limit | ${value} | refused | ${place} |`, '', path => files[path])

  for (const [value, place] of [
    ['64 KiB', '`limit` in `a.swift`'],
    ['2 s', '`pause` (ms) in `a.swift`'],
    ['65,552 bytes', '`const LIMIT` in `a.js`'],
    ['1 GiB', '`static LIMIT` in `a.js`'],
    ['4,194,305', '`MARTLET_B_LIMIT` in `a.h`'],
    ['whatever', '`a.h`']
  ]) assert.deepEqual(found(value, place), [], `${value}, ${place}`)

  for (const [value, place, complaint] of [
    ['63 KiB', '`limit` in `a.swift`', '63 KiB, but limit in a.swift is 65536'],
    ['2 ms', '`pause` (ms) in `a.swift`', '2 ms, but pause in a.swift is 2000 ms'],
    ['64 KiB', '`limit` in `a.swift`; `limitless` in `a.swift`', 'no limitless in a.swift'],
    ['64 KiB', '`LIMIT` in `a.js`', 'LIMIT in a.js has several values'],
    ['64 KiB', '`limit` in `b.swift`', 'no file b.swift'],
    ['64 KiB', 'somewhere', 'it is defined nowhere'],
    ['a lot', '`limit` in `a.swift`', "'a lot' is no value"]
  ]) assert.deepEqual(found(value, place), [`a limit: ${complaint}`])
  assert.deepEqual(
    complaints('| b | 4,194,305 | refused | `MARTLET_B_LIMIT` in `a.h` |', files['a.h'], path => files[path]),
    ['MARTLET_A_LIMIT is missing in the table'])
})

// MARK: The table

/** What is wrong with a table, given the wire's headers as one text and a function that reads a file. */
function complaints (table, headers, read) {
  const rows = rowsOf(table)
  const known = new Set(rows.flatMap(row => row.places.map(place => place.constant)))
  const wireLimits = [...new Set(headers.match(/\bMARTLET_\w+_LIMIT\b/g))]
  return [
    ...rows.flatMap(row => complaintsOfRow(row, read)),
    ...wireLimits.filter(name => !known.has(name)).map(name => `${name} is missing in the table`)
  ]
}

function complaintsOfRow ({ limit, value, places }, read) {
  if (places.length === 0) return [`${limit}: it is defined nowhere`]
  return places.flatMap(({ constant, unit, path }) => {
    const text = read(path)
    if (text === undefined) return [`${limit}: no file ${path}`]
    if (constant === undefined) return []
    if (valueOf(value, unit) === undefined) return [`${limit}: '${value}' is no value`]
    const values = valuesOfConstant(constant, text)
    if (values.length === 0) return [`${limit}: no ${constant} in ${path}`]
    if (values.length > 1) return [`${limit}: ${constant} in ${path} has several values`]
    if (values[0] === valueOf(value, unit)) return []
    return [`${limit}: ${value}, but ${constant} in ${path} is ${values[0]}${unit ? ` ${unit}` : ''}`]
  })
}

/** The rows of the first table, without its head, the line below that and the names of groups. */
function rowsOf (table) {
  return table.split('\n## ')[0].split('\n')
    .filter(line => line.startsWith('|') && !/^\|\s*(\*\*|-|limit )/.test(line))
    .map(line => line.split(/(?<!\\)\|/).slice(1, -1).map(cell => cell.trim()))
    .map(([limit, value, , places]) => ({
      limit,
      value,
      places: [...places.matchAll(/(?:`([^`]+)` (?:\((\w+)\) )?in )?`([\w./+-]+\.\w+)`/g)]
        .map(([, constant, unit, path]) => ({ constant, unit, path }))
    }))
}

const sizes = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 }
const nanoseconds = { ns: 1, µs: 1e3, ms: 1e6, s: 1e9 }

/** '64 KiB' as a count of bytes, '2 s' in the unit that is given, '5,000 levels' as a count. */
function valueOf (text, unit) {
  const [, digits, of] = /^([\d,]+)(?: (\S+))?/.exec(text) ?? []
  if (digits === undefined) return undefined
  const number = Number(digits.replaceAll(',', ''))
  if (of in nanoseconds) return number * nanoseconds[of] / nanoseconds[unit ?? of]
  return number * (sizes[of] ?? 1)
}

// MARK: Constants of Swift, C and JavaScript

/** The different values that a file gives to a constant. */
function valuesOfConstant (constant, text) {
  // An argument, as in `begin(&spin, 1)`, is named with its value.
  const [, call, argument] = /^(.*\(.*, )(\d+)\)$/.exec(constant) ?? []
  if (call !== undefined) return text.includes(constant) ? [Number(argument)] : []

  const type = String.raw`(?::\s*[A-Za-z]\w*)?`
  const name = constant.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const begin = /^\w/.test(constant) ? String.raw`\b` : ''
  const end = /\w$/.test(constant) ? String.raw`\b` : ''
  // `limit = 1`, `limit: Int = 1`, `case .hello: 1`, `#define LIMIT (1)`. A name such as `count >=` has its
  // own operator.
  const operator = /\w$/.test(constant) ? String.raw`(?:\s*[=:]|[ ](?=\())` : ''
  const definition = new RegExp(String.raw`${begin}${name}${end}${type}${operator}\s*([^=,;:\n{}]+)`, 'g')
  const values = [...text.matchAll(definition)].map(match => evaluate(match[1], text)).filter(Number.isFinite)
  return [...new Set(values)]
}

/** An expression of numbers and of constants of the same file; undefined when it is another one. */
function evaluate (expression, text, depth = 0) {
  let known = expression.replace(/\/[/*].*| else\b.*/, '').replace(/(\d)_(?=\d)/g, '$1').trim()
  // The size of a struct is what the file asserts.
  known = known.replace(/sizeof\((\w+)\)/, (expression, type) =>
    new RegExp(String.raw`static_assert\(sizeof\(${type}\) == (\d+)`, 'i').exec(text)?.[1] ?? expression)
  // A list of arguments goes on after a value.
  known = known.replace(/^([^()]*)\).*$/, '$1').trim()
  known = known.replace(/\b[A-Za-z]\w*\b/g, name => {
    const value = depth < 3 && new RegExp(`\\b${name}\\b\\s*=\\s*([^,;\\n]+)`).exec(text)?.[1]
    return value ? evaluate(value, text, depth + 1) : name
  })
  if (!/^[\d\s+*<()-]+$/.test(known) || !/\d/.test(known)) return undefined
  try {
    return Function(`'use strict'; return (${known})`)()
  } catch {
    return undefined
  }
}
