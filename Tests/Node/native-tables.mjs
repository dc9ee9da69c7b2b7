// The export tables of martlet.node, read of their Swift sources: what the addon gives, without the addon.

import { readdirSync, readFileSync } from 'node:fs'

const root = new URL('../..', import.meta.url).pathname

/** `{ class: { methods, statics, properties, events } }`, with the members' names. */
export function nativeTables () {
  const events = eventNames()
  const tables = {}
  for (const text of sources('Sources/MartletNode/Members')) {
    for (const [, name, body] of text.matchAll(/ClassTable<\w+>\("(\w+)"\) \{\n(.*?)\n {2}\}\n/gs)) {
      const names = pattern => [...body.matchAll(pattern)].map(match => match[1])
      tables[name] = {
        methods: [
          ...names(/\$0\.(?:method|promise)\(\s*"(\w+)"/g),
          ...names(/\bget: "(\w+)"/g), ...names(/\bset: "(\w+)"/g)
        ],
        statics: names(/\$0\.static\("(\w+)"/g),
        properties: names(/\$0\.property\(\s*"(\w+)"/g),
        events: names(/\$0\.event\(\.(\w+)/g).map(name => events.get(name))
      }
    }
  }
  return tables
}

/** Electron's names of the events in Swift. */
export function eventNames () {
  const declarations = sources('Sources/Martlet').flatMap(text =>
    [...text.matchAll(/static var (\w+): Self \{\s*Self\("([\w-]+)"/g)])
  return new Map(declarations.map(([, swift, name]) => [swift, name]))
}

function sources (folder) {
  return readdirSync(root + folder, { recursive: true }).filter(file => file.endsWith('.swift'))
    .map(file => readFileSync(`${root}${folder}/${file}`, 'utf8'))
}
