// The hostile suite (Tests/Hostile) in a real window. A page attacks before, during and after the preload's
// exposure, and a walk visits everything that either side can reach.
//
// The walk needs raw objects of both worlds, which Martlet never provides. A second extension, made for this
// test and installed beside Martlet's in a test folder, gives them to the preload's world.

import Glibc
import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct HostilePageTests {
    /// The test app with the probe beside its extension. Its page has no Content-Security-Policy, which would
    /// only limit an attacker.
    private struct Probed {
      let app: AppUnderTest
      let window: WindowUnderTest
      private let installed: InstalledApp

      init(_ installed: InstalledApp? = nil) throws {
        self.installed = try installed ?? Self.install()
        app = try AppUnderTest(
          self.installed.executable, arguments: ["hostile.html", "hostile-preload.js", "--no-policy"],
          environment: wholeEngine)
        window = try app.window(titled: "Test page")
      }

      static func install() throws -> InstalledApp { try InstalledApp(library: "Hostile/window/probe.c") }

      func text(_ name: String) throws -> String {
        try FolderForTest.read(Checkout.tests + "/Hostile/" + name)
      }

      /// A script that defines `runAttack`, `worlds`, and `attacks` from one of the lists.
      func prelude(_ list: String) throws -> String {
        // The page's bundle: the other modules of membrane/ are the preload's.
        let bridge = try ToolRun(
          "/bin/sh", "-c",
          "cd \"$0\" && cat realm.js guards/realm-guard.js "
            + "$(ls membrane/*.js | grep -v -e context-bridge -e link)",
          Checkout.path + "/Resources/bridge")
        return """
          const attacks = \(expression(try text(list)))
          const pause = () => new Promise(resolve => setTimeout(resolve, 1))
          const runAttack = (\(expression(try text("suite.js"))))(
            \(quoted(try text("walk.js"))), \(expression(try text("api.js"))), pause)
          const worlds = {
            page: probe.inPage, preload: probe.here, main: probe.page, isolated: globalThis,
            frame: probe.inPage('frames[0]'), isolatedFrame: frames[0],
            names: [...new Set(\(quoted(bridge.output)).match(/[A-Za-z_$][\\w$]*/g))],
            ignored: ['contextBridge', 'electron', 'probe', 'outcome']
          }
          """
      }

      /// Loads a new page in the same window.
      func reload() throws {
        try window.evaluate("globalThis.old = true; setTimeout(() => location.reload()); 1", in: .preload)
        try window.wait(
          for: "globalThis.old === undefined && document.readyState === 'complete'", toBe: true, in: .preload)
      }
    }

    /// The environment variable `ATTACK=text` selects the attacks whose names contain that text.
    private func isWanted(_ name: String) -> Bool {
      getenv("ATTACK").map { name.contains(String(cString: $0)) } ?? true
    }

    /// Starts an attack of a list in the page.
    private func begin(_ index: Int, of list: String, in probed: Probed) throws {
      try probed.window.evaluate(
        """
        globalThis.outcome = (async () => {
          \(try probed.prelude(list))
          try {
            const { problems, walked } = await runAttack(worlds, attacks[\(index)])
            return [walked, problems.slice(0, 10).join('\\n')]
          } catch (error) {
            return [0, `${error} ${error.stack}`]
          }
        })()
        1
        """, in: .preload)
    }

    /// Waits for the end of the attack in the page.
    private func expectNothingGotThrough(in probed: Probed, _ name: String) throws {
      let outcome = try probed.window.evaluate("outcome", in: .preload, by: Deadline(seconds: 120))
      let problems = try String.decode(from: outcome[1])
      #expect(problems == "", "\(name)")
      #expect(try Int.decode(from: outcome[0]) > 5000, "\(name)")
    }

    /// Each attack has a page of its own. Two apps alternate, because each walk needs a processor.
    @Test
    func `No attack gets through: the page's own, those that need a window, and those on newer engines`()
      throws
    {
      let installed = try Probed.install()
      let apps = [try Probed(installed), try Probed(installed)]
      var running: [String?] = [nil, nil]
      var turn = 0
      func finish() throws {
        guard let name = running[turn % 2] else { return }
        running[turn % 2] = nil
        try expectNothingGotThrough(in: apps[turn % 2], name)
        try apps[turn % 2].reload()
      }
      let lists = try [("attacks.js", 28), ("window/attacks.js", 10), ("window/engine.js", 3)].map {
        list, least in
        let names = try names(of: list, apps[0])
        #expect(names.count >= least)
        return (list, names)
      }
      for (list, names) in lists {
        for (index, name) in names.enumerated() where isWanted(name) {
          try finish()
          try begin(index, of: list, in: apps[turn % 2])
          running[turn % 2] = name
          turn += 1
        }
      }
      for _ in 0..<2 {
        try finish()
        turn += 1
      }
    }

    private func names(of list: String, _ probed: Probed) throws -> [String] {
      try [String].decode(
        from: probed.window.evaluate(
          "(() => {\n\(try probed.prelude(list))\nreturn attacks.map(attack => attack.name)\n})()",
          in: .preload))
    }

    @Test func `A full stack, on either side and at every depth, lets nothing through`() throws {
      let probed = try Probed()
      let outcome = try probed.window.evaluate(
        """
        (async () => {
          \(try probed.prelude("window/attacks.js"))
          const exhaust = \(expression(try probed.text("exhaustion.js")))
          const outcomes = []
          await exhaust(worlds, \(quoted(try probed.text("walk.js"))), pause, outcome => \
            outcomes.push(outcome))
          const never = outcomes.filter(({ failed }) => failed === 0).map(({ name }) => \
            `${name} never failed`)
          const leaks = outcomes.filter(({ leaks }) => leaks.length > 0).map(({ name, leaks }) => \
            `${name}: ${leaks}`)
          return [outcomes.length, [...never, ...leaks].join('\\n')]
        })()
        """, in: .preload, by: Deadline(seconds: 240))
      #expect(try String.decode(from: outcome[1]) == "")
      #expect(try Int.decode(from: outcome[0]) > 30)
    }

    @Test func `The walk finds every leak that is planted in the page`() throws {
      let probed = try Probed()
      let outcome = try probed.window.evaluate(
        """
        (async () => {
          \(try probed.prelude("window/plants.js"))
          const missed = []
          const { problems } = await runAttack(worlds, {
            preload: 'var leak = () => ({ a: 1 }); ' + attacks.map(({ plant }) => plant).join('; '), page: ''
          })
          for (const { name, found } of attacks) {
            if (!problems.some(problem => problem.startsWith(`in the page: ${found} `))) missed.push(name)
          }
          return [attacks.length, missed.join('\\n'), problems.length]
        })()
        """, in: .preload, by: Deadline(seconds: 120))
      #expect(try String.decode(from: outcome[1]) == "")
      #expect(try Int.decode(from: outcome[0]) >= 15)
    }
  }
}
