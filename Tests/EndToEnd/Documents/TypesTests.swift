// Compares Resources/types/martlet.d.ts with a preload's real environment, in both directions.
//
// The file has one member per line, which is parsed here. Tests/Bridge/types.test.mjs checks the types of
// arguments and results with TypeScript's compiler.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct TypesTests {
    private let declarations = Checkout.path + "/Resources/types/martlet.d.ts"

    /// `{ types: { Name: { extends, members, statics } }, modules: { name: [members] }, globals, additions }`
    /// of a text; `additions` are the members of interfaces that are the DOM's.
    private let parse = #"""
      const parse = text => {
        const types = {}, modules = {}, globals = [], additions = []
        let type, module, addition
        for (const line of text.split('\n').map(line => line.replace(/^\s*(\/\/|\/\*\*).*$/, ''))) {
          let found
          if ((found = /^  (?:class|interface) (\w+)(?:<.*>)?(?: extends (\w+))? \{$/.exec(line))) {
            type = types[found[1]] = { extends: found[2], members: new Set(), statics: new Set() }
          } else if ((found = /^  namespace (\w+) \{$/.exec(line))) {
            type = types[found[1]]
          } else if (type && (found = /^    export import (\w+) =/.exec(line))) {
            type.statics.add(found[1])
          } else if ((found = /^interface (\w+) \{$/.exec(line))) {
            addition = found[1]
          } else if (addition && (found = /^  (\w+):/.exec(line))) {
            additions.push(`${addition}.${found[1]}`)
          } else if (line === '  }') {
            type = undefined
          } else if (type && (found = /^    (static )?(?:readonly )?(\w+)\??(?:<.*>)?[(:]/.exec(line))) {
            (found[1] ? type.statics : type.members).add(found[2])
          } else if ((found = /^declare module '([^']+)' \{/.exec(line))) {
            module = modules[found[1]] = new Set()
          } else if (module && (found = /^  export const (\w+):/.exec(line))) {
            module.add(found[1])
          } else if ((found = /^declare (?:const|function) (\w+)/.exec(line))) {
            globals.push(found[1])
          } else if (line === '}') {
            module = addition = undefined
          } else if (type && line.trim()) {
            throw new Error(`cannot read: ${line}`)
          }
        }
        return { types, modules, globals: new Set(globals), additions: new Set(additions) }
      }
      const membersOf = (types, name) => types[name]
        ? new Set([...types[name].members, ...membersOf(types, types[name].extends)]) : new Set()
      """#

    /// The members that only one side has, as texts.
    private let compare = #"""
      const problems = []
      let compared = 0
      const same = (what, declared, real) => {
        compared++
        for (const name of declared) if (!real.has(name)) \#
          problems.push(`${what}: ${name} is declared and is not there`)
        for (const name of real) if (!declared.has(name)) \#
          problems.push(`${what}: ${name} is there and is not declared`)
      }
      // Own members and inherited ones, to where the platform's own begin.
      const real = (object, end = Object.prototype) => {
        const names = new Set()
        for (let holder = object; holder !== null && holder !== end; holder = Object.getPrototypeOf(holder)) {
          Object.getOwnPropertyNames(holder).forEach(name => names.add(name))
        }
        names.delete('constructor')
        return names
      }
      // deliver: the bridge's own
      const statics = object => new Set(Object.getOwnPropertyNames(object)
        .filter(name => !['length', 'name', 'prototype', 'deliver'].includes(name)))
      """#

    /// The parameters of the function that wraps a preload.
    private var wrapper: String {
      get throws {
        let loader = try FolderForTest.read(
          declarations.replacing("types/martlet.d.ts", with: "bridge/node/module-loader.js"))
        let begin = try #require(loader.firstRange(of: "'(function ("))
        return String(loader[begin.upperBound...].prefix { $0 != ")" })
      }
    }

    @Test func `The declarations of martlet.d.ts and a preload's environment have the same members`() throws {
      let ipc = try IpcApp("types-preload.js")
      let outcome = try ipc.window.evaluate(
        """
        (async () => {
          \(parse)
          \(compare)
          const { types, modules, globals, \
            additions } = parse(\(quoted(try FolderForTest.read(declarations))))
          const declared = name => membersOf(types, name)
          const { require, process, Buffer } = surroundings
          const event = new Promise(resolve => electron.ipcRenderer.once('echoed', resolve))
          electron.ipcRenderer.send('echo-send', 1)
          const memory = await process.getProcessMemoryInfo()

          same('electron', declared('Electron'), real(electron))
          same("module 'electron'", modules.electron, real(electron))
          same('ContextBridge', declared('ContextBridge'), real(electron.contextBridge))
          same('IpcRenderer', declared('IpcRenderer'), real(electron.ipcRenderer))
          same('IpcRendererEvent', declared('IpcRendererEvent'), real(await event))
          same('WebFrame', declared('WebFrame'), real(electron.webFrame))
          same('Process', declared('Process'), real(process))
          same('ProcessMemoryInfo', declared('ProcessMemoryInfo'), real(memory))
          same('EventEmitter', declared('EventEmitter'), real(require('events').prototype))
          same('EventEmitter, static', types.EventEmitter.statics, statics(require('events')))
          same('Timers', declared('Timers'), real(require('timers')))
          same('Url', declared('Url'), real(require('url')))
          same('Buffer', declared('Buffer'), real(Buffer.prototype, Uint8Array.prototype))
          const makers = declared('BufferConstructor')
          makers.delete('prototype')
          same('Buffer, static', makers, statics(Buffer))
          same('what ports have besides', additions, new Set(['MessagePortEventMap.close', \
            'MessagePort.onclose'])) // PortTests
          same('globals', globals, real(surroundings))
          same('the wrapper of a preload', globals, new Set(\(quoted(try wrapper)).split(', ')))

          for (const name in modules) {
            try { require(name) } catch (error) { problems.push(`${name}: ${error.message}`) }
          }
          // The result of one line too few or too many in the file.
          const before = problems.length
          same('seen', new Set(['a', 'b']), new Set(['b', 'c']))
          if (problems.length !== before + 2) problems.push('nothing is compared')
          else problems.length = before
          return [compared, Object.keys(modules).length, problems.join('\\n')]
        })()
        """, in: .preload)
      let problems = try String.decode(from: outcome[2])
      #expect(problems == "")
      #expect(try Int.decode(from: outcome[0]) == 18)
      #expect(try Int.decode(from: outcome[1]) == 9)
    }
  }
}
