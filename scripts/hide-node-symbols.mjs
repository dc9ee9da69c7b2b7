#!/usr/bin/env node
// Copies a stock node and hides what it exports of the libraries that it bundles:
//
//   node scripts/hide-node-symbols.mjs IN OUT
//
// A program's symbols come before those of libraries. So WebKit and GTK would call the zlib, nghttp2, brotli
// and zstd of node in place of the system's. The dynamic linker passes over hidden symbols. Addons need those
// of Node-API, libuv, Node and V8, which stay. Format: the System V ABI's ELF-64, and the LSB's symbol
// versions.

import { chmodSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const KEPT =
  /^(napi_|node_api_|node_module_register$|uv_|_Z(T[VTIS])?N[rVKRO]*(4node|2v8|5cppgc|12v8_inspector))/

const SECTION_DYNSYM = 11
const SECTION_VERSYM = 0x6fffffff
const SYMBOL_SIZE = 24
const HIDDEN = 2

/** The exported symbols of an ELF file: `{ name, hide() }`. What is undefined or hidden is not among them. */
export function exportedSymbols (file) {
  if (file.readUInt32BE(0) !== 0x7f454c46 || file[4] !== 2 || file[5] !== 1) {
    throw new Error('it is no 64-bit little-endian ELF file')
  }
  const sections = readSections(file)
  const table = sections.find(section => section.type === SECTION_DYNSYM)
  if (table === undefined) throw new Error('it has no dynamic symbols')
  const names = sections[table.link].offset
  const versions = sections.find(section => section.type === SECTION_VERSYM)
  const symbols = []
  for (let index = 0; index < table.size / SYMBOL_SIZE; index++) {
    const at = table.offset + index * SYMBOL_SIZE
    const isDefined = file.readUInt16LE(at + 6) !== 0
    // A version other than 0, local, and 1, global, is a library's: the program has a copy of its data.
    const isOwn = versions === undefined || (file.readUInt16LE(versions.offset + 2 * index) & 0x7fff) <= 1
    if (!isDefined || !isOwn || (file[at + 5] & 3) === HIDDEN) continue
    const begin = names + file.readUInt32LE(at)
    symbols.push({
      name: file.toString('latin1', begin, file.indexOf(0, begin)),
      hide: () => { file[at + 5] = (file[at + 5] & ~3) | HIDDEN }
    })
  }
  return symbols
}

function readSections (file) {
  const number = at => Number(file.readBigUInt64LE(at))
  const first = number(0x28)
  const size = file.readUInt16LE(0x3a)
  return Array.from({ length: file.readUInt16LE(0x3c) }, (_, index) => {
    const at = first + index * size
    return {
      type: file.readUInt32LE(at + 4),
      offset: number(at + 0x18),
      size: number(at + 0x20),
      link: file.readUInt32LE(at + 0x28)
    }
  })
}

/** Hides, in the bytes of a node, what addons do not need. The numbers of hidden and of kept symbols. */
export function hideSymbols (file) {
  const symbols = exportedSymbols(file)
  const hidden = symbols.filter(({ name }) => !KEPT.test(name))
  for (const symbol of hidden) symbol.hide()
  return { hidden: hidden.length, kept: symbols.length - hidden.length }
}

function main ([from, to]) {
  if (to === undefined) throw new Error('give it a node, and the name of the copy')
  const file = readFileSync(from)
  const { hidden, kept } = hideSymbols(file)
  writeFileSync(to, file)
  chmodSync(to, 0o755)
  console.log(`${to}: ${hidden} symbols hidden, ${kept} kept`)
}

if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    main(process.argv.slice(2))
  } catch (error) {
    console.error(`hide-node-symbols: ${error.message}`)
    process.exit(1)
  }
}
