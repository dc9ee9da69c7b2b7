// contextBridge in a real window: every rule of §1.7 and every CB line of §2.5 of electron-surface.md.
//
// The rules are a table in JavaScript (Tests/Hostile/rules.js), evaluated in each world. One page is used for
// all of them.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct ContextBridgeTests {
    private let table: String
    private let walk: String

    init() throws {
      table = try FolderForTest.read(Checkout.tests + "/Hostile/rules.js")
      walk = try FolderForTest.read(Checkout.tests + "/Hostile/walk.js")
    }

    /// A script that a page of world `world` runs on the exposed values. It returns the names of the rules
    /// that fail.
    private func checkRules(in world: String) -> String {
      """
      (async () => {
        const { rules, show } = \(expression(table))
        const failures = []
        let checked = 0
        for (const [index, { name, page, world, gives }] of rules.entries()) {
          if (!page || world !== \(world)) continue
          const key = `rule${index}`
          let got
          try { got = show(await page(globalThis[key], { key })) } catch (error) { got = `${error}` }
          if (got !== show(gives)) failures.push(`${name}: ${got}, and not ${show(gives)}`)
          checked++
        }
        return [checked, failures.join('\\n')]
      })()
      """
    }

    @Test func `§1.7 Every rule of Tests/Hostile/rules.js holds in a window`() throws {
      let ipc = try IpcApp.shared()
      // The preload exposes everything, checks its part of the rules, and keeps the values that the last
      // check needs.
      let own = try ipc.window.evaluate(
        """
        (async () => {
          const { rules, show } = \(expression(table))
          const { contextBridge } = electron
          const sleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds))
          const failures = []
          let checked = 0
          globalThis.ends = []
          for (const [index, { name, api, preload, page, world, gives, after }] of rules.entries()) {
            const surroundings = { contextBridge, electron, sleep, key: `rule${index}`, state: {} }
            try {
              if (api && world) contextBridge.exposeInIsolatedWorld(world, surroundings.key, \
                api(surroundings))
              else if (api) contextBridge.exposeInMainWorld(surroundings.key, api(surroundings))
              const value = preload && await preload(surroundings)
              if (!page && show(value) !== show(gives)) failures.push(`${name}: ${show(value)}, and not \
        ${show(gives)}`)
              if (!page) checked++
            } catch (error) {
              failures.push(`${name}: ${error}`)
            }
            if (after) ends.push({ name, end: () => after(surroundings) })
          }
          return [checked, failures.join('\\n')]
        })()
        """, in: .preload)
      let inPage = try ipc.window.evaluate(checkRules(in: "undefined"))
      let inWorld = try ipc.window.evaluate(
        "electron.webFrame.executeJavaScriptInIsolatedWorld(1004, [{ "
          + "code: \(quoted(checkRules(in: "1004"))) }])",
        in: .preload)
      var checked = 0
      for outcome in [own, inPage, inWorld] {
        checked += try Int.decode(from: outcome[0])
        #expect(try String.decode(from: outcome[1]) == "")
      }
      #expect(checked > 100)
      #expect(try Int.decode(from: inWorld[0]) == 2)
      #expect(
        try ipc.preload("ends.filter(({ end }) => end() !== true).map(({ name }) => name).join('\\n')") == "")
    }

    @Test func `CB-04 A world is known by its number in every page, and holds nothing of the others`() throws
    {
      let ipc = try IpcApp.shared()
      func run(_ code: String, world: Int = 1004) throws -> CloneValue {
        try ipc.window.evaluate(
          "electron.webFrame.executeJavaScriptInIsolatedWorld(\(world), [{ code: \(quoted(code)) }])",
          in: .preload)
      }
      _ = try ipc.window.evaluate(
        "electron.contextBridge.exposeInIsolatedWorld(1004, 'inWorld', { f: () => 1 })", in: .preload)
      #expect(try Int.decode(from: run("inWorld.f()")) == 1)
      #expect(
        try Bool.decode(from: run("inWorld.f.constructor === Function && document.title === 'Test page'")))
      #expect(
        try String.decode(from: run("[typeof require, typeof electron, typeof fromPage, typeof api].join()"))
          == "undefined,undefined,undefined,undefined")
      #expect(try Bool.decode(from: run("globalThis.webkit?.messageHandlers?.martlet === undefined")))
      #expect(try String.decode(from: ipc.window.evaluate("typeof inWorld")) == "undefined")
      #expect(try ipc.preload("typeof inWorld") == "undefined")
      #expect(try String.decode(from: run("typeof inWorld", world: 1005)) == "undefined")
      #expect(
        try ipc.failure(
          "electron.webFrame.executeJavaScriptInIsolatedWorld(1004, [{ "
            + "code: 'throw new RangeError(`far`)' }])"
        )
          == "RangeError: far")
      // After a navigation the world exists, but its former contents do not.
      try ipc.window.evaluate("globalThis.old = true; setTimeout(() => location.reload()); 1", in: .preload)
      try ipc.window.wait(for: "globalThis.old === undefined", toBe: true, in: .preload)
      #expect(try String.decode(from: run("typeof inWorld")) == "undefined")
      _ = try ipc.window.evaluate(
        "electron.contextBridge.exposeInIsolatedWorld(1004, 'inWorld', 2)", in: .preload)
      #expect(try Int.decode(from: run("inWorld")) == 2)
    }

    @Test func `Worlds have numbers, 0 is the page's and 999 the preload's own`() throws {
      let ipc = try IpcApp.shared()
      for id in ["-1", "1.5", "'1004'", "2 ** 29", "undefined", "NaN"] {
        #expect(
          try ipc.failure("(async () => electron.contextBridge.exposeInIsolatedWorld(\(id), 'x', 1))()")
            == "TypeError: The id of a world must be an integer from 0 to 536870911", "\(id)")
      }
      _ = try ipc.window.evaluate(
        "electron.contextBridge.exposeInIsolatedWorld(0, 'zero', 1); "
          + "electron.contextBridge.exposeInIsolatedWorld(999, 'own', { n: 1 })",
        in: .preload)
      #expect(try Int.decode(from: ipc.window.evaluate("zero")) == 1)
      #expect(try ipc.preload("own.n === 1 && Object.isFrozen(own)"))
    }

    @Test func `CB-60 CB-61 Every prototype that the page can reach is its own`() throws {
      let ipc = try IpcApp.shared()
      // The properties that exist beforehand, so that the walk skips the engine's own accessors.
      try ipc.window.evaluate(
        """
        globalThis.createWalker = \(expression(walk))
        globalThis.pristine = createWalker.intrinsics(window); 1
        """)
      // One object that has everything, and everything on its own.
      try ipc.window.evaluate(
        """
        {
          const many = \(expression(table)).many()
          electron.contextBridge.exposeInMainWorld('many', many)
          for (const key of Object.keys(many)) electron.contextBridge.exposeInMainWorld('many_' \
            + key, many[key])
        }
        """, in: .preload)
      let outcome = try ipc.window.evaluate(
        """
        (async () => {
          const seen = []
          const callback = (...all) => { seen.push(...all); return all }
          many.callback(callback)
          many_callback(callback)
          const roots = { __proto__: null, global: window, seen }
          for (const key of Object.keys(window)) if (key.startsWith('many')) roots[key] = window[key]
          const walker = createWalker({
            homes: [window], pristine, call: (f, path) => path.startsWith('many'), samples: [() => [() => \
              ({})]]
          })
          const walk = walker.walk(roots)
          for (let before = -1; walk.visited() !== before;) {
            before = walk.visited()
            await new Promise(resolve => setTimeout(resolve, 20))
          }
          return [walk.visited(), seen.length, walk.leaks.map(({ path, why }) => \
            `${path} ${why}`).join('\\n')]
        })()
        """)
      #expect(try String.decode(from: outcome[2]) == "")
      #expect(try Int.decode(from: outcome[0]) > 10_000)
      #expect(try Int.decode(from: outcome[1]) == 14)
    }
  }
}
