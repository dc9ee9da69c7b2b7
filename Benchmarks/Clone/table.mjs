// Joins the lines of both halves by payload, prints the table, and with `--json FILE` writes it.
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const rows = new Map();
for await (const line of createInterface({ input: process.stdin })) {
  const figures = JSON.parse(line);
  rows.set(figures.payload, { ...rows.get(figures.payload), ...figures });
}
const time = (ns) =>
  ns === undefined ? '' : ns < 1e4 ? `${ns.toFixed(0)} ns` : ns < 1e7 ? `${(ns / 1e3).toFixed(0)} µs` : `${(ns / 1e6).toFixed(1)} ms`;
const ratios = {};
for (const row of rows.values()) {
  if (!row.swiftEncode) continue;
  ratios[row.payload] = {
    encode: row.nodeEncode / row.swiftEncode,
    decode: row.nodeDecode / row.swiftDecode,
    both: (row.nodeEncode + row.nodeDecode) / (row.swiftEncode + row.swiftDecode),
  };
}
const columns = ['swiftEncode', 'swiftEncodeReused', 'nodeEncode', 'jsonEncode', 'swiftDecode', 'nodeDecode', 'jsonDecode'];
const print = (cells) => console.log(cells.map((cell, index) => (index ? String(cell).padStart(18) : String(cell).padEnd(10))).join(''));
print(['payload', ...columns, 'node/swift']);
for (const row of rows.values()) {
  if (row.copy) print([row.payload, time(row.copy)]);
  else print([row.payload, ...columns.map((column) => time(row[column])), `${ratios[row.payload].both.toFixed(2)}x`]);
}
const file = process.argv[process.argv.indexOf('--json') + 1];
if (process.argv.includes('--json')) {
  writeFileSync(file, `${JSON.stringify({ unit: 'ns', node: process.version, figures: [...rows.values()], ratios }, null, 2)}\n`);
}
