// New members of the engine may give a preload's objects to the page (decision 94). Tests/Engine/members.txt
// lists every attribute and method of a window. A newer WebKit fails this test with the members that are not
// listed.

import Glibc
import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct EngineGrowthTests {
    private static let folder = Checkout.tests + "/Engine"
    private static let file = folder + "/members.txt"

    /// The members in a world of a window, by interface.
    private func members(in world: WindowUnderTest.World, of window: WindowUnderTest) throws -> [String: Set<
      String
    >] {
      let script = expression(try FolderForTest.read(Self.folder + "/members.js"))
      let listed = try window.evaluate(
        "(() => { const found = (\(script))(); "
          + "return Object.keys(found).map(name => [name, ...found[name]]) })()",
        in: world)
      let lists = try [[String]].decode(from: listed)
      return Dictionary(lists.map { ($0[0], Set($0.dropFirst())) }, uniquingKeysWith: { $0.union($1) })
    }

    /// The list's lines, `Interface: member method()`, after its comments.
    private static func known() throws -> [String: Set<String>] {
      var known: [String: Set<String>] = [:]
      for line in try FolderForTest.read(file).split(separator: "\n") where !line.hasPrefix("#") {
        let parts = line.split(separator: " ").map(String.init)
        known[String(parts[0].dropLast()), default: []].formUnion(parts.dropFirst())
      }
      return known
    }

    private static func write(_ known: [String: Set<String>]) throws {
      let comments = try FolderForTest.read(file).split(separator: "\n").filter { $0.hasPrefix("#") }
      let lines = known.sorted { $0.key < $1.key }.map {
        "\($0.key):" + $0.value.sorted().map { " \($0)" }.joined()
      }
      guard let out = fopen(file, "w") else { throw TestingError("cannot write \(file)") }
      fputs((comments.map(String.init) + lines).joined(separator: "\n") + "\n", out)
      fclose(out)
    }

    @Test func `Every member that this engine has in a window was examined`() throws {
      let ipc = try IpcApp("hostile.html", "hostile-preload.js", environment: wholeEngine)
      var known = try Self.known()
      var unknown: [String] = []
      for world in [WindowUnderTest.World.page, .preload] {
        let found = try members(in: world, of: ipc.window)
        #expect(found.count > 500)
        #expect(found["Document"]?.contains("querySelectorAll()") == true)
        for (name, members) in found where !["electron", "contextBridge"].contains(name) {
          unknown += members.subtracting(known[name] ?? []).map { "\(name).\($0)" }
          known[name, default: []].formUnion(members)
        }
      }
      if getenv("ENGINE_WALKED") != nil { return try Self.write(known) }
      let names = Set(unknown).sorted().joined(separator: "\n")
      #expect(
        names == "",
        """
        This WebKitGTK has what nobody has looked at. For each name: can a value of a script's go through it \
        to another world? Then attack it (Tests/Hostile/window/engine.js) and say in \
        Tests/Engine/answers.txt what keeps it. When that is done, ENGINE_WALKED=1 in the environment of \
        this test writes the names to Tests/Engine/members.txt; write the version there, in SECURITY.md and \
        in CLI/Sources/martlet/Walls.swift.
        """)
    }
  }
}
