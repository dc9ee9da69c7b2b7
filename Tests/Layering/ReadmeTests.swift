import Foundation
import Testing

/// The parts of the README that a newcomer copies are those that other tests build and use.
@Suite("The README")
struct ReadmeTests {
  /// The source files of its code blocks, in order: the whole file except comments at its top, or some of its
  /// lines.
  private static let quotes: [(language: String, file: String, isWhole: Bool)] = [
    ("swift", "Sources/Examples/SetTitle/SetTitle.swift", true),
    ("js", "Resources/examples/set-title/preload.js", true),
    ("html", "Resources/examples/set-title/index.html", true),
    ("js", "Resources/examples/set-title/renderer.js", true),
    ("swift", "Sources/Examples/OpenFile/OpenFile.swift", false),
    ("swift", "Sources/Examples/MenuCounter/MenuCounter.swift", false),
    ("swift", "Sources/Examples/TwoWindows/TwoWindows.swift", false),
    ("swift", "Sources/Examples/TwoWindowsPort/TwoWindowsPort.swift", false),
    ("swift", "Tests/Apps/IpcTestApp/Windows.swift", false),
  ]

  @Test
  func `The README quotes files that are built and tested, to the last space`() throws {
    let blocks = codeBlocks(in: try Repository.text("README.md")).filter { $0.language != "sh" }
    #expect(blocks.map(\.language) == Self.quotes.map(\.language))
    for (block, quote) in zip(blocks, Self.quotes) {
      let file = withoutLeadingComments(lines(try Repository.text(quote.file)))
      #expect(
        quote.isWhole ? block.lines == file : occurs(block.lines, in: file),
        "not in \(quote.file):\n\(block.lines.joined(separator: "\n"))")
    }
  }

  @Test
  func `The README names no command that does not exist`() throws {
    let readme = try Repository.text("README.md")
    let dev = try Repository.text("dev")
    let commands = readme.matches(of: /\.\/dev ([a-z\-]+)(?: ([a-z\-]+))?/)
    #expect(Set(commands.map(\.1)).isSuperset(of: ["run", "test", "flatpak", "docs"]))
    for command in commands {
      #expect(dev.contains("\n  \(command.1))"), "./dev has no \(command.1)")
      guard command.1 == "run", let example = command.2 else { continue }
      #expect(try Repository.folders(in: "Resources/examples").contains("Resources/examples/\(example)"))
    }
    // `martlet` itself is tested in Tests/CLI.
    let martlet = Set(readme.matches(of: /\bmartlet ([a-z]+)\b/).map { String($0.1) })
    #expect(martlet == ["new", "run", "doctor", "package"])
  }

  @Test
  func `The README links to no missing file`() throws {
    let links = try Repository.text("README.md").matches(of: /\]\(([^):]+)\)/).map { String($0.1) }
    #expect(links.count > 5)
    for link in links {
      #expect(FileManager.default.fileExists(atPath: Repository.top.appending(path: link).path), "\(link)")
    }
  }

  @Test
  func `The pictures of the README and the metainfo exist`() throws {
    let metainfo = try Repository.text("data/dev.martlet.Gallery.metainfo.xml")
    let names = metainfo.matches(of: /<image>.*\/([^\/]+)<\/image>/).map { String($0.1) }
    #expect(names.count == 2)
    let readme = try Repository.text("README.md")
    for name in names {
      #expect(
        FileManager.default.fileExists(atPath: Repository.top.appending(path: "docs/images/\(name)").path))
      #expect(readme.contains("(docs/images/\(name))"))
    }
  }

  @Test
  func `A quote of the README that differs by a space or a line is noticed`() {
    let file = ["// A file.", "enum A {", "  func f() {", "    g()", "", "    h()", "  }", "}"]
    #expect(occurs(["func f() {", "  g()", "", "  h()", "}"], in: file))
    #expect(!occurs(["func f() {", " g()", "", "  h()", "}"], in: file))
    #expect(!occurs(["func f() {", "  g()", "  h()", "}"], in: file))
    #expect(!occurs(["f() {"], in: file))
    #expect(!occurs([], in: file))
    #expect(withoutLeadingComments(file).first == "enum A {")
    let markdown = "a\n```js\nx\n\ny\n```\n```swift\nz\n```\n"
    #expect(codeBlocks(in: markdown).map(\.lines) == [["x", "", "y"], ["z"]])
  }

  private func codeBlocks(in markdown: String) -> [(language: String, lines: [String])] {
    markdown.matches(of: /(?ms)^```(\w+)\n(.*?)^```$/).map { (String($0.1), lines(String($0.2))) }
  }

  private func lines(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  private func withoutLeadingComments(_ lines: [String]) -> [String] {
    Array(lines.drop { $0.hasPrefix("//") })
  }

  /// Whether these lines occur consecutively in the file, all indented by the same additional amount.
  private func occurs(_ block: [String], in file: [String]) -> Bool {
    guard let first = block.first else { return false }
    return file.indices.contains { start in
      guard file[start].hasSuffix(first), file.count - start >= block.count else { return false }
      let indent = file[start].dropLast(first.count)
      return indent.allSatisfy { $0 == " " }
        && zip(file[start...], block).allSatisfy { $0 == ($1.isEmpty ? "" : indent + $1) }
    }
  }
}
