import Testing

@Suite("Imports go one way")
struct LayeringTests {
  @Test
  func `Every folder in Sources is a module with a rule`() throws {
    let known = (swiftModules.map(\.folder) + cModules.map(\.folder)).filter { $0.hasPrefix("Sources/") }
    #expect(try Repository.folders(in: "Sources") == known.sorted())
  }

  @Test(arguments: swiftModules.indices)
  func `A module imports what it may, and nothing else`(_ index: Int) throws {
    let module = swiftModules[index]
    let files = try Repository.files(in: module.folder, endings: ["swift"])
    #expect(!files.isEmpty, "\(module.folder) has no sources")
    for file in files {
      let offences = foreign(imports(in: file.text), to: module)
      #expect(
        offences.isEmpty, "\(file.path): \(module.name) may not import \(offences.joined(separator: ", "))")
    }
  }

  @Test(arguments: cModules.indices)
  func `A C module includes what it may, and nothing else`(_ index: Int) throws {
    let module = cModules[index]
    let files = try Repository.files(in: module.folder, endings: ["c", "h"])
    #expect(!files.isEmpty, "\(module.folder) has no sources")
    guard let allowed = module.mayInclude else { return }
    for file in files {
      let offences = Set(includes(in: file.text)).subtracting(allowed)
      #expect(offences.isEmpty, "\(file.path): includes \(offences.sorted().joined(separator: ", "))")
    }
  }

  @Test
  func `No module may import one that imports it, directly or through others`() {
    var above: Set<String> = []
    for module in swiftModules {
      #expect(module.mayImport.isDisjoint(with: above.union([module.name])), "\(module.name)")
      above = Set(swiftModules.drop { $0.name != module.name }.dropFirst().map(\.name))
      #expect(module.mayImport.isDisjoint(with: above), "\(module.name) may import what comes after it")
    }
  }

  @Test func `No module gets Foundation from the one that may import it`() {
    #expect(swiftModules.contains { $0.name == foundationModule })
    #expect(!swiftModules.contains { $0.mayImport.contains(foundationModule) })
  }

  @Test(arguments: [
    ("MartletClone", "import MartletIPC"), ("MartletClone", "internal import Glibc"),
    ("MartletIPC", "internal import MartletGLib"), ("MartletIPC", "import CMartletWebKit"),
    ("MartletIPC", "public import MartletWebHost"),
    ("MartletIPC", "internal import Dispatch"), ("MartletIPC", "@preconcurrency import Glibc"),
    ("MartletGLib", "import MartletIPC"), ("MartletGLib", "public import MartletWebHost"),
    ("MartletGLib", "import MartletClone"),
    ("MartletWebHost", "import Martlet"), ("MartletWebHost", "import struct Martlet.App"),
    ("MartletRenderer", "import CMartletWebKit"), ("MartletRenderer", "import MartletIPC"),
    ("MartletRenderer", "import Glibc"), ("MartletTesting", "@testable import Martlet"),
    ("Examples", "import MartletWebHost"), ("Examples", "import Martlet; import CMartletWebKit.Something"),
    ("MartletBridge", "import Glibc"), ("Martlet", "import Foundation"),
  ])
  func `An import in the wrong direction is noticed`(_ name: String, _ source: String) throws {
    let module = try #require(swiftModules.first { $0.name == name })
    #expect(foreign(imports(in: "// A file.\n\n\(source)\n"), to: module).count == 1)
  }

  @Test
  func `An include of the toolkit in the wire's header is noticed`() {
    #expect(
      includes(in: "#pragma once\n# include <gtk/gtk.h>\n#include \"wire.h\"\n") == ["gtk/gtk.h", "wire.h"])
  }

  private func foreign(_ imports: [String], to module: Module) -> [String] {
    imports.filter { $0 != "Swift" && !module.mayImport.contains($0) }
  }
}

@Suite("Banned code")
struct BanTests {
  @Test(arguments: bans.indices)
  func `No source contains banned code`(_ index: Int) throws {
    let folders = swiftModules.filter { $0.name != foundationModule }.map(\.folder)
    let files = try folders.flatMap { try Repository.files(in: $0, endings: ["swift"]) }
    #expect(files.count > 50, "the sources were not found")
    for file in files where !(bans[index].allowedIn.map(file.path.contains) ?? false) {
      let offences = bans[index].offences(file.text)
      #expect(offences.isEmpty, "\(file.path): \(bans[index].name): \(offences)")
    }
  }

  @Test
  func `No source, comment or module map contains banned text`() throws {
    let files = try Repository.files(in: "Sources", endings: ["swift", "c", "h", "modulemap"])
    #expect(files.count > 50, "the sources were not found")
    for file in files { #expect(sandboxBan.offences(file.text).isEmpty, "\(file.path): \(sandboxBan.name)") }
  }

  @Test func `C connects a signal of GLib only where its types are checked`() throws {
    let files = try Repository.files(in: "Sources", endings: ["c", "h"])
    for file in files where !file.path.hasPrefix("Sources/CMartletSignal/") {
      #expect(connectedSignals(in: file.text).isEmpty, "\(file.path)")
    }
  }

  @Test
  func `Each rule flags its planted offenders and nothing else`() {
    for ban in bans + [sandboxBan] {
      for text in ban.offenders { #expect(ban.offences(text).count == 1, "missed: \(text)") }
      for text in ban.innocents { #expect(ban.offences(text).isEmpty, "flagged: \(text)") }
    }
  }
}
