// The copy of node that is shipped exports nothing of the libraries that it bundles.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { exportedSymbols, hideSymbols } from '../../scripts/hide-node-symbols.mjs'

const tool = fileURLToPath(new URL('../../scripts/hide-node-symbols.mjs', import.meta.url))
const BUNDLED = /^(inflate|deflate|crc32|nghttp2_|Brotli|ZSTD_|u_|_ZNSt)/

test('a copy of this node works as before, and exports what addons need and no library', t => {
  const folder = mkdtempSync(path.join(tmpdir(), 'martlet-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const copy = path.join(folder, 'node')
  const before = exportedSymbols(readFileSync(process.execPath)).map(({ name }) => name)
  execFileSync(process.execPath, [tool, process.execPath, copy])
  const after = exportedSymbols(readFileSync(copy)).map(({ name }) => name)
  assert.deepEqual(after.filter(name => BUNDLED.test(name)), [])
  const needed = /^(napi_|uv_)/
  assert.deepEqual(after.filter(name => needed.test(name)), before.filter(name => needed.test(name)))
  const script = "console.log(require('zlib').gunzipSync(require('zlib').gzipSync('text')).toString())"
  assert.equal(execFileSync(copy, ['-e', script], { encoding: 'utf8' }), 'text\n')
})

test('a library\'s symbol is hidden, and one of Node-API\'s or of V8\'s is kept', () => {
  const file = elf(['inflate', 'napi_throw', '_ZN2v87Isolate3NewEv', '_ZNSt6vectorIN2v85ValueEE', 'uv_run'])
  assert.deepEqual(hideSymbols(file), { hidden: 2, kept: 3 })
  const kept = exportedSymbols(file).map(({ name }) => name)
  assert.deepEqual(kept, ['napi_throw', '_ZN2v87Isolate3NewEv', 'uv_run'])
})

test('a file that is no program is refused', () => {
  assert.throws(() => exportedSymbols(Buffer.alloc(64)), { message: /no 64-bit little-endian ELF file/ })
})

/** An ELF file with these dynamic symbols, all defined, and without versions. */
function elf (names) {
  const text = Buffer.from(`\0${names.join('\0')}\0`)
  const symbols = Buffer.alloc(24 * names.length)
  names.forEach((name, index) => {
    symbols.writeUInt32LE(text.indexOf(`\0${name}\0`) + 1, 24 * index)
    symbols.writeUInt16LE(1, 24 * index + 6)
  })
  const sections = [
    { type: 0, data: Buffer.alloc(0) }, { type: 11, link: 2, data: symbols }, { type: 3, data: text }
  ]
  const header = Buffer.alloc(64)
  header.writeUInt32BE(0x7f454c46, 0)
  header.set([2, 1], 4)
  const table = Buffer.alloc(64 * sections.length)
  let offset = 64
  sections.forEach(({ type, link = 0, data }, index) => {
    table.writeUInt32LE(type, 64 * index + 4)
    table.writeBigUInt64LE(BigInt(offset), 64 * index + 0x18)
    table.writeBigUInt64LE(BigInt(data.length), 64 * index + 0x20)
    table.writeUInt32LE(link, 64 * index + 0x28)
    offset += data.length
  })
  header.writeBigUInt64LE(BigInt(offset), 0x28)
  header.writeUInt16LE(64, 0x3a)
  header.writeUInt16LE(sections.length, 0x3c)
  return Buffer.concat([header, ...sections.map(({ data }) => data), table])
}
