import Testing

/// The documentation of the API: `./dev docs` builds it from the doc comments and Martlet.docc.
@Suite("The documentation")
struct DocumentationTests {
  /// The modules of the combined documentation. `import Martlet` re-exports the other three.
  private static let documented = ["Martlet", "MartletIPC", "MartletClone", "MartletWebHost"]

  /// Members that need no comment: those that a standard protocol, `CloneCodable` or `MartletError`
  /// describes already.
  /// Excepted too are enum cases, members of an extension that adds a conformance, and names that begin
  /// with an underscore, which are for Martlet's own use.
  private static let exceptions: Set<String> = [
    "==", "<", "hash", "description", "encode", "init(from:)", "rawValue", "init(rawValue:)",
    "init(stringLiteral:)", "cloneValue", "decode", "decodeArray", "code", "message", "underlyingError",
  ]

  private static let catalog = "Sources/Martlet/Martlet.docc"

  @Test
  func `The topics list every public type and global, and nothing else`() throws {
    var symbols: Set<String> = []
    for module in Self.documented {
      let names = try Repository.files(in: "Sources/\(module)", endings: ["swift"])
        .flatMap { topLevelNames(in: $0.text) }
      #expect(!names.isEmpty, "\(module) has no public declaration")
      symbols.formUnion(names.map { module == "Martlet" ? $0 : "/\(module)/\($0)" })
    }
    let topics = topics(of: try Repository.text("\(Self.catalog)/Martlet.md"))
    let missing = symbols.subtracting(topics).sorted()
    let unknown = Set(topics).subtracting(symbols).sorted()
    #expect(missing.isEmpty, "not in the topics of Martlet.md: \(missing)")
    #expect(unknown.isEmpty, "in the topics of Martlet.md, but not public: \(unknown)")
    #expect(Set(topics).count == topics.count, "a topic of Martlet.md is listed twice")
  }

  @Test
  func `An article links to public types only`() throws {
    let names = try Repository.files(in: "Sources/Martlet", endings: ["swift"])
      .flatMap { topLevelNames(in: $0.text) }
    for article in try Repository.files(in: Self.catalog, endings: ["md"]) {
      for link in links(in: article.text) where !link.hasPrefix("/") && link != "Martlet" {
        let type = String(link.split(separator: "/")[0])
        #expect(names.contains(type), "\(article.path): ``\(link)``")
      }
    }
  }

  @Test
  func `Every public declaration has a documentation comment`() throws {
    let modules = try Repository.folders(in: "Sources").filter { $0.hasPrefix("Sources/Martlet") }
    #expect(modules.count > 5, "the sources were not found")
    for module in modules {
      for file in try Repository.files(in: module, endings: ["swift"]) {
        let offences = undocumented(in: file.text)
        #expect(offences.isEmpty, "\(file.path): \(offences.joined(separator: ", "))")
      }
    }
  }

  @Test(arguments: [
    ("public struct A {}", "A"), ("public nonisolated final class B {}", "B"), ("public let c = 1", "c"),
    ("@MainActor public func d() {}", "d"), ("// A comment.\npublic enum E {}", "E"),
    ("/// A.\npublic protocol F {\n  var g: Int { get }\n}", "g"),
    ("/// A.\npublic struct H {\n  public private(set) var i: Int\n}", "i"),
    ("/// A.\npublic struct J {\n  public init<T>(value: T) {}\n}", "init(value:)"),
    ("extension K where L: M {\n  @discardableResult\n  public func n() {}\n}", "n"),
    ("extension O {\n  /// A.\n  public struct P {\n    public static let q = 1\n  }\n}", "q"),
    ("extension R: S {}\n\npublic typealias T = Int", "T"),
    ("let u = \"\"\"\n  /// A.\n  \"\"\"\npublic actor V {}", "V"),
  ])
  func `A public declaration without a comment is noticed`(_ text: String, _ name: String) {
    #expect(undocumented(in: text) == [name])
  }

  @Test(arguments: [
    "/// A.\n@discardableResult\npublic func a() {}", "/// A.\n@MainActor public var b: Int { 1 }",
    "func c() {}", "package struct D {}", "public import E", "public struct _F {}",
    "extension G: H {\n  public func i() {}\n}", "protocol J {\n  func k()\n}",
    "/// A.\npublic enum L {\n  case m\n}",
    "/// A.\npublic struct N: Hashable {\n  public static func == (left: N, right: N) -> Bool { true }\n}",
    "/// A.\npublic struct O {\n  public init(from decoder: any Decoder) {}\n}",
    "/*\npublic struct P {}\n*/", "let q = \"\"\"\n  public struct R {}\n  \"\"\"",
  ])
  func `A declaration that needs no comment is not flagged`(_ text: String) {
    #expect(undocumented(in: text).isEmpty)
  }

  @Test
  func `A type and a topic are recognized`() {
    let source = "public struct A {}\nextension B {\n  public struct C {}\n}\npublic let d = 1\nlet e = 2\n"
    #expect(topLevelNames(in: source) == ["A", "d"])
    #expect(topLevelNames(in: "public nonisolated enum F {}\npublic final class _G {}") == ["F"])
    let page = "``A``\n```js\nb\n```\n\n## Topics\n\n- ``B``\n- ``/C/D``\n- <doc:E>\n\n### F\n\n- ``G``\n"
    #expect(topics(of: page) == ["B", "/C/D", "G"])
    #expect(links(in: page) == ["A", "B", "/C/D", "G"])
  }

  // MARK: Reading a file

  /// One declaration: the line where it begins, its modifiers, and its name.
  private struct Declaration {
    let line: Int
    let column: Int
    let keyword: String
    let name: String
    let isPublic: Bool
    /// The text after the name.
    let rest: String
  }

  /// The declarations of a file, in order. Each begins on a line of its own, as `./dev format` has it.
  private func declarations(in text: String) -> [Declaration] {
    // Most files have no public declaration, and need not be read.
    guard text.contains("public ") || text.contains("open ") else { return [] }
    let lines = bare(text).split(separator: "\n", omittingEmptySubsequences: false)
    return lines.enumerated().compactMap { line, code in
      let column = code.prefix { $0 == " " }.count
      var words = code.replacing(/@\w+(\([^)]*\))?/, with: "").drop(while: \.isWhitespace)
      var modifiers: [Substring] = []
      while let word = words.prefixMatch(of: /(\w+)(\([a-z]+\))?\s+/),
        Self.modifiers.contains(String(word.1))
      {
        // `class` is a modifier before `func` and `var`, and begins a declaration before a name.
        let next = words[word.range.upperBound...].prefix { $0.isLetter }
        if word.1 == "class", !Self.modifiers.union(Self.keywords).contains(String(next)) { break }
        modifiers.append(word.1)
        words = words[word.range.upperBound...]
      }
      let keyword = String(words.prefix { $0.isLetter })
      guard Self.keywords.contains(keyword) else { return nil }
      let rest = words.dropFirst(keyword.count).drop(while: \.isWhitespace)
      return Declaration(
        line: line, column: column, keyword: keyword, name: name(of: keyword, before: rest),
        isPublic: modifiers.contains("public") || modifiers.contains("open"), rest: String(rest))
    }
  }

  private static let modifiers: Set<String> = [
    "public", "package", "internal", "private", "fileprivate", "open", "nonisolated", "final", "static",
    "class", "indirect", "mutating", "nonmutating", "convenience", "required", "override", "lazy", "weak",
    "unowned", "isolated", "consuming", "borrowing", "prefix", "postfix", "infix",
  ]
  private static let keywords: Set<String> = [
    "actor", "associatedtype", "class", "enum", "extension", "func", "init", "let", "macro", "protocol",
    "struct", "subscript", "typealias", "var",
  ]

  /// The name of a declaration; of an initializer with its first label.
  private func name(of keyword: String, before rest: Substring) -> String {
    switch keyword {
    case "init":
      rest.firstMatch(of: /^[?!]?(?:<[^(]*>)?\((\w+)/).map { "init(\($0.1):)" } ?? "init"
    case "subscript": keyword
    // An identifier, or an operator.
    default: rest.firstMatch(of: /^(`?\w+`?|[^\s\w(]+)/).map { String($0.1) } ?? ""
    }
  }

  /// The names of the public declarations that have no documentation comment and are no exceptions.
  private func undocumented(in text: String) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var isConformance = false
    var isProtocol = false
    return declarations(in: text).compactMap { declaration in
      if declaration.column == 0 {
        let head =
          declaration.rest.prefix { $0 != "{" }.firstRange(of: " where ")
          .map { declaration.rest[..<$0.lowerBound] } ?? declaration.rest[...]
        isConformance = declaration.keyword == "extension" && head.contains(":")
        isProtocol = declaration.keyword == "protocol" && declaration.isPublic
      }
      let isPublic = declaration.isPublic || isProtocol && declaration.column == 2
      guard isPublic, declaration.keyword != "extension", !isConformance else { return nil }
      guard !declaration.name.hasPrefix("_"), !Self.exceptions.contains(declaration.name) else { return nil }
      let above = lines[..<declaration.line].last { !$0.drop(while: \.isWhitespace).hasPrefix("@") }
      return above?.drop(while: \.isWhitespace).hasPrefix("///") == true ? nil : declaration.name
    }
  }

  /// The public types and globals of a file that are for everyone's use.
  private func topLevelNames(in text: String) -> [String] {
    declarations(in: text).filter {
      $0.column == 0 && $0.isPublic && $0.keyword != "extension" && !$0.name.hasPrefix("_")
    }.map(\.name)
  }

  /// The symbols that the topics of a page list.
  private func topics(of page: String) -> [String] {
    page.firstRange(of: "## Topics").map { links(in: String(page[$0.upperBound...])) } ?? []
  }

  private func links(in page: String) -> [String] {
    page.matches(of: /``([^`\s]+)``/).map { String($0.1) }
  }
}
