// Writes the seed corpus: `node Tests/Fuzz/seeds.mjs`. Small values of every kind, as Node encodes them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generate, random } from '../Bridge/oracle/generate.mjs';
import { serialize } from '../Bridge/oracle/v8.mjs';

const folder = fileURLToPath(new URL('corpus/', import.meta.url));
mkdirSync(folder, { recursive: true });
const cyclic = { map: new Map(), list: [] };
cyclic.map.set(cyclic, new Set([cyclic.list]));
cyclic.list.push(cyclic, cyclic.map);
const buffer = new ArrayBuffer(16);
const resizable = new ArrayBuffer(8, { maxByteLength: 32 });
const sparse = [];
sparse[5000] = 1;
sparse.name = 'sparse';
const error = new TypeError('message', { cause: { code: 1 } });
error.stack = 'stack';
const named = {
  undefined: undefined, null: null, true: true, zero: 0, minusZero: -0, nan: NaN, int: -123456, double: 1.5,
  bigint: -(2n ** 70n), empty: '', latin1: 'é', long: 'a string of more than fifteen', utf16: 'ключ', lone: 'a\ud800',
  object: { id: 1, text: 'hello' }, integers: { 2: 'b', 1: 'a', c: 'c' }, array: [1, 'a', [2]], holes: [1, , 3, , ,], sparse,
  properties: Object.assign([1, 2], { a: 1 }), records: [{ id: 1, a: 1 }, { id: 2, a: 2 }, { id: 3, b: 3 }], map: new Map([[1, 'a'], [NaN, {}]]),
  set: new Set(['a', 1, 1n]), date: new Date(0), invalid: new Date(NaN), regexp: /a\/b/giu, boxed: [Object(1), Object('s'), Object(true), Object(false), Object(1n)],
  error, buffer, views: [new Uint8Array(buffer, 2, 4), new Float64Array(buffer), new DataView(buffer, 1), new BigInt64Array(buffer, 8)],
  resizable: [resizable, new Uint8Array(resizable), new Uint16Array(resizable, 2, 2)], cyclic, shared: [buffer, buffer, cyclic, cyclic.map],
};
for (const [name, value] of Object.entries(named)) writeFileSync(`${folder}${name}`, serialize(value));
const r = random(15);
for (let index = 0; index < 60; index++) writeFileSync(`${folder}random-${index}`, serialize(generate(r, 1 + r.int(12))));

// For FrameFuzz: packets, each behind a byte that says which descriptors come along, and its length.
const envelopes = fileURLToPath(new URL('envelopes/', import.meta.url));
mkdirSync(envelopes, { recursive: true });
const envelope = (value, { kind = 1, flags = 0, ports = 0, call = 0, length } = {}) => {
  const payload = value === undefined ? Buffer.alloc(0) : serialize(value);
  const header = Buffer.from([kind, flags, ports, 0, call, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32LE(length ?? payload.length, 12);
  return Buffer.concat([header, payload]);
};
const packet = (bytes, control = 0) => Buffer.concat([Buffer.from([control, bytes.length & 255, bytes.length >> 8]), bytes]);
const aligned = bytes => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 7)]);
const hello = ['channel', { id: 1, text: 'hello' }];
const [socket, sealed, open, three] = [2 << 2 | 1, 0 << 2 | 1, 1 << 2 | 1, 3 << 2 | 1];
// An envelope with a buffer of three bytes apart: `flags`, what stands before the buffer, the buffer's tag
// and length.
const bulk = (flags, before = []) => {
  const payload = Buffer.from([0xff, 15, ...before, 0x42, 3]);
  const header = envelope(undefined, { flags, length: payload.length });
  const table = Buffer.alloc(8);
  table.writeUInt32LE(payload.length, 0);
  table.writeUInt32LE(3, 4);
  return Buffer.concat([flags & 1 ? Buffer.concat([header, payload]) : aligned(Buffer.concat([header, payload])), table]);
};
const packets = {
  send: [packet(envelope(hello))],
  many: [packet(Buffer.concat([1, 2, 3].map(call => aligned(envelope(hello, { kind: 2, call })))))],
  several: [packet(envelope(hello)), packet(envelope(undefined, { kind: 11 })), packet(envelope([cyclic]))],
  port: [packet(envelope(hello, { kind: 4, ports: 1 }), socket)],
  ports: [packet(envelope(hello, { kind: 4, ports: 2 }), 2 | 2 << 2 | 2 << 4)],
  memory: [packet(envelope(hello, { flags: 1 }), sealed)],
  'memory-port': [packet(envelope(hello, { flags: 1, ports: 1 }), 2 | 0 << 2 | 2 << 4)],
  'open-memory': [packet(envelope(hello, { flags: 1 }), open)],
  bulk: [packet(bulk(2), three)],
  'memory-bulk': [packet(bulk(3), 2 | 0 << 2 | 3 << 4)],
  'bulk-port': [packet(Object.assign(bulk(2), { 2: 1 }), 2 | 3 << 2 | 2 << 4)],
  'no-socket': [packet(envelope(hello, { kind: 4, ports: 1 }), 3 << 2 | 1)],
  lying: [packet(envelope(hello, { length: 1 << 30 }))],
};
for (const [name, all] of Object.entries(packets)) writeFileSync(`${envelopes}${name}`, Buffer.concat(all));

// For HostFuzz: the number of the parser, and what it gets.
const host = fileURLToPath(new URL('host/', import.meta.url));
mkdirSync(host, { recursive: true });
const size = Buffer.from([0, 0, 0, 0, 0, 0, 0, 100]);
const announcement = Buffer.alloc(96);
announcement.write('app://dev.martlet.fuzz/\0app://dev.martlet.fuzz\0name\0', 32);
const key = 'k'.repeat(32);
const inputs = {
  range: [0, size, 'bytes=5-50'], 'range-open': [0, size, 'bytes=5-'], 'range-suffix': [0, size, 'bytes=-5'],
  'range-largest': [0, size, 'bytes=0-9223372036854775807'], 'range-several': [0, size, 'bytes=0-1,5-6'],
  own: [1, 'app://dev.martlet.fuzz/page.html?query#place'], port: [1, 'app://dev.martlet.fuzz:1234/'],
  user: [1, 'app://user:word@dev.martlet.fuzz/'], web: [1, 'https://example.com:443/a/b?c#d'], data: [1, 'data:text/html,text'],
  file: [2, '/b'], accent: [2, '/a/%CC%81c'], link: [2, '/l'], hidden: [2, '/.git/e'], up: [2, '/a/%2e%2e/b'],
  frame: [3, Buffer.from([0]), announcement], console: [3, Buffer.from([1]), Buffer.alloc(32)], dropped: [3, Buffer.from([2]), Buffer.alloc(8)],
  request: [4, Buffer.from([9]), key + 't'.repeat(32) + 'payload'], 'request-long': [4, Buffer.from([3]), key + 't'.repeat(32) + 'payload'],
  escapes: [5, 'a%zz%20 b'], base64: [5, 'AAAA'],
};
for (const [name, [parser, ...parts]] of Object.entries(inputs)) {
  writeFileSync(`${host}${name}`, Buffer.concat([Buffer.from([parser]), ...parts.map(part => Buffer.from(part))]));
}
