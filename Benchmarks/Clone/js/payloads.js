'use strict'

// The six payloads of the clone benchmark, identical in Node and in a page; main.swift makes them for Swift.
// `makePayloads` uses only the language itself, because the page gets this file as text.

function makePayloads () {
  return {
    small: { id: 1, text: 'hello' },
    records: Array.from({ length: 1000 }, (_, id) => ({ id, text: 'item ' + id, done: id % 2 === 0 })),
    latin1: 'Grüße aus dem Gehäuse, 12345! '.repeat(35000).slice(0, 1 << 20), // 1 MiB
    utf16: 'κόσμος und Welt; '.repeat(40000).slice(0, 1 << 19), // 1 MiB
    bytes: new Uint8Array(10 << 20).fill(7),
    map: new Map(Array.from({ length: 100000 }, (_, n) => ['key ' + n, n]))
  }
}

if (typeof module === 'object') module.exports = { makePayloads }
