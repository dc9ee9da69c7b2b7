// Joins the lines of all parts by payload, prints the tables and which targets are met, and with `--json
// FILE` writes every figure.
import { writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const rows = new Map()
for await (const line of createInterface({ input: process.stdin })) {
  const figures = JSON.parse(line)
  rows.set(figures.payload, { ...rows.get(figures.payload), ...figures })
}
const time = (ns) =>
  ns === undefined ? '' : ns < 1e4 ? `${ns.toFixed(0)} ns` : ns < 1e7 ? `${(ns / 1e3).toFixed(0)} µs` : `${(
    ns / 1e6).toFixed(1)} ms`

function table(title, columns, cells) {
  console.log(`\n${title}`)
  const print = (list) => console.log(
    list.map((cell, index) => (index ? String(cell).padStart(15) : String(cell).padEnd(10))).join(''))
  print(['', ...columns])
  for (const row of rows.values()) if (row.swiftEncode) print(
    [row.payload, ...cells(row).map((cell) => (typeof cell === 'string' ? cell : time(cell)))])
}

table(
  'Swift, beside Node (its native serializer, and JSON)',
  ['Swift encode', 'reused buffer', 'Node encode', 'stringify', 'Swift decode', 'Node decode', 'parse'],
  (row) => [row.swiftEncode, row.swiftEncodeReused, row.nodeEncode, row.jsonEncode, row.swiftDecode,
    row.nodeDecode, row.jsonDecode],
)
table(
  'JavaScript in a page, beside JSON there and a copy',
  ['encode', 'in segments', 'stringify', 'decode', 'parse', 'copy'],
  ({ page = {} }) => [page.encode, page.segments, page.stringify, page.decode, page.parse, page.copy],
)

// The targets: the ratio of a time to the one it is measured against, and its limit.
const floor = { latin1: rows.get('copy1MiB')?.copy, bytes: rows.get('copy10MiB')?.copy }
const ratios = {}
const targets = []
function ratio(name, value, most) {
  if (!Number.isFinite(value)) return
  ratios[name] = value
  if (most) targets.push({ name, value, most, isMet: value <= most })
}
for (const { payload, page, swiftEncode, swiftDecode, nodeEncode, nodeDecode } of rows.values()) {
  if (!swiftEncode) continue
  const isFloor = payload in floor
  ratio(`${payload}: Swift encode / Node`, swiftEncode / nodeEncode)
  ratio(`${payload}: Swift decode / Node`, swiftDecode / nodeDecode)
  ratio(`${payload}: Swift both / Node`, (swiftEncode + swiftDecode) / (nodeEncode + nodeDecode), isFloor ||
    payload === 'utf16' ? 0 : 1)
  if (isFloor) {
    // Memory-bound: a copy out and a copy in, give or take what a busy machine adds.
    ratio(`${payload}: Swift encode / copy`, swiftEncode / floor[payload], 1.5)
    ratio(`${payload}: Swift decode / copy`, swiftDecode / floor[payload], 1.5)
  }
  if (!page) continue
  const most = payload === 'small' || payload === 'records' ? 2 : 0
  ratio(`${payload}: page encode / stringify`, page.encode / page.stringify, most)
  ratio(`${payload}: page decode / parse`, page.decode / page.parse, most)
  ratio(`${payload}: page both / JSON`, (page.encode + page.decode) / (page.stringify + page.parse), most)
  ratio(`${payload}: page encode / copy`, page.encode / page.copy, 1.5)
  ratio(`${payload}: page decode / copy`, page.decode / page.copy, 1.5)
}
console.log('\nTargets')
for (const { name, value, most, isMet } of targets) console.log(
  `${isMet ? 'met   ' : 'MISSED'} ${name.padEnd(34)} ${value.toFixed(2)} (at most ${most})`)

const file = process.argv[process.argv.indexOf('--json') + 1]
if (process.argv.includes('--json')) {
  writeFileSync(file, `${JSON.stringify(
    { unit: 'ns', node: process.version, figures: [...rows.values()], ratios, targets }, null, 2)}\n`)
}
