// The hostile suite (Tests/Hostile) in a real window: a page that does all it can before, during and after
// what the preload exposes, and a walk of everything that can be reached from either side.
//
// The walk needs raw objects of both worlds, which nothing in Martlet gives: a second extension, made for
// this test and installed beside Martlet's in a folder of the test's own, hands them to the preload's world.

import Glibc
import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct HostilePageTests {
    /// The test app with the probe beside its extension, on a page without a Content-Security-Policy: a
    /// policy only takes from what an attacker can do.
    private struct Probed {
      let folder: FolderForTest
      let app: AppUnderTest
      let window: WindowUnderTest
      private let tests = #filePath.replacing("/EndToEnd/HostilePageTests.swift", with: "")

      init() throws {
        folder = try FolderForTest()
        try folder.copyBuilt("ipc-test-app", to: "bin/ipc-test-app")
        let renderer = "lib/martlet/renderer"
        try folder.copyBuilt("libMartletRenderer.so", to: renderer + "/libMartletRenderer.so")
        let compiled = try ToolRun(
          "/bin/sh", "-c",
          "exec clang -shared -fPIC -O1 -Wall -Werror \"$0\" -o \"$1\" $(pkg-config --cflags --libs "
            + "webkitgtk-web-process-extension-6.0)",
          tests + "/Hostile/window/probe.c", folder.path + "/" + renderer + "/libProbe.so")
        guard compiled.status == 0 else {
          throw TestingError("the probe does not compile: \(compiled.output)")
        }
        let pages = try ToolRun(
          "/bin/sh", "-c", "mkdir -p \"$1\" && cp -r \"$0\"/. \"$1\"", tests + "/Pages",
          folder.path + "/share/dev.martlet.tests.IpcTestApp")
        guard pages.status == 0 else { throw TestingError("no pages: \(pages.output)") }
        app = try AppUnderTest(
          folder.path + "/bin/ipc-test-app", arguments: ["hostile.html", "hostile-preload.js", "--no-policy"])
        window = try app.window(titled: "Test page")
      }

      func text(_ name: String) throws -> String {
        try FolderForTest.read(tests + "/Hostile/" + name)
      }

      /// A script that has `runAttack`, `worlds` and the list `attacks` of one of the lists of attacks.
      func prelude(_ list: String) throws -> String {
        // The page's bundle: the others of membrane/ are the preload's.
        let bridge = try ToolRun(
          "/bin/sh", "-c",
          "cd \"$0\" && cat realm.js guards/realm-guard.js $(ls membrane/*.js | grep -v -e context-bridge -e link)",
          tests.replacing("/Tests", with: "/Resources/bridge"))
        return """
          const attacks = \(expression(try text(list)))
          const pause = () => new Promise(resolve => setTimeout(resolve, 1))
          const runAttack = (\(expression(try text("suite.js"))))(
            \(quoted(try text("walk.js"))), \(expression(try text("api.js"))), pause)
          const worlds = {
            page: probe.inPage, preload: probe.here, main: probe.page, isolated: globalThis,
            frame: probe.inPage('frames[0]'), isolatedFrame: frames[0],
            names: [...new Set(\(quoted(bridge.output)).match(/[A-Za-z_$][\\w$]*/g))],
            ignored: ['contextBridge', 'electron', 'probe']
          }
          """
      }

      /// A new page in the same window.
      func reload() throws {
        try window.evaluate("globalThis.old = true; setTimeout(() => location.reload()); 1", in: .preload)
        try window.wait(
          for: "globalThis.old === undefined && document.readyState === 'complete'", toBe: true, in: .preload)
      }
    }

    /// `ATTACK=text` in the environment runs the attacks with that text in their names alone.
    private func isWanted(_ name: String) -> Bool {
      getenv("ATTACK").map { name.contains(String(cString: $0)) } ?? true
    }

    /// Runs each attack of a list in a page of its own, and tells what got through.
    private func runAttacks(_ list: String, atLeast: Int) throws {
      let probed = try Probed()
      let prelude = try probed.prelude(list)
      let names = try [String].decode(
        from: probed.window.evaluate("{\n\(prelude)\nattacks.map(attack => attack.name)\n}", in: .preload))
      #expect(names.count >= atLeast)
      for (index, name) in names.enumerated() where isWanted(name) {
        if index > 0 { try probed.reload() }
        let outcome = try probed.window.evaluate(
          """
          (async () => {
            \(prelude)
            try {
              const { problems, walked } = await runAttack(worlds, attacks[\(index)])
              return [walked, problems.slice(0, 10).join('\\n')]
            } catch (error) {
              return [0, `${error} ${error.stack}`]
            }
          })()
          """, in: .preload, by: Deadline(seconds: 120))
        let problems = try String.decode(from: outcome[1])
        #expect(problems == "", "\(name)")
        #expect(try Int.decode(from: outcome[0]) > 5000, "\(name)")
      }
    }

    @Test func `No attack of the hostile page gets through`() throws {
      try runAttacks("attacks.js", atLeast: 28)
    }

    @Test func `Nor one that needs a window`() throws {
      try runAttacks("window/attacks.js", atLeast: 10)
    }

    @Test func `Nor one by what a newer engine has, nor any kind of event`() throws {
      try runAttacks("window/engine.js", atLeast: 3)
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

    @Test func `What is planted in the page is found`() throws {
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
