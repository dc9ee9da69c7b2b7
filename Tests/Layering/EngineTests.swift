import Testing

/// The facts about the engines that were examined (Tests/Engine).
@Suite("The list of engine members")
struct EngineTests {
  /// `Interface.member` for all their members.
  private static func members() throws -> [String] {
    try Repository.text("Tests/Engine/members.txt").split(separator: "\n").filter { !$0.hasPrefix("#") }
      .flatMap { line in
        let parts = line.split(separator: " ")
        return parts.dropFirst().map { "\(parts[0].dropLast()).\($0)" }
      }
  }

  /// Whether a name matches a pattern in which `*` stands for any part.
  private static func matches(_ name: String, _ pattern: Substring) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count > 1, let first = parts.first, let last = parts.last else { return name == pattern }
    guard name.hasPrefix(first), name.hasSuffix(last) else { return false }
    var rest = name.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }

  @Test
  func `Every entry is for an existing member`() throws {
    let members = try Self.members()
    let answers = try Repository.text("Tests/Engine/answers.txt").split(separator: "\n").filter {
      !$0.hasPrefix("#")
    }
    .flatMap { $0.split(separator: " ") }
    #expect(answers.count > 50)
    for answer in answers {
      #expect(members.contains { Self.matches($0, answer) }, "there is no \(answer)")
    }
  }

  @Test
  func `A pattern matches the names that it describes`() {
    #expect(Self.matches("A.onload", "*.on*") && Self.matches("IDBRequest.result", "IDB*.*"))
    #expect(!Self.matches("A.load", "*.on*") && !Self.matches("A.b", "A.c"))
  }

  @Test
  func `The members, SECURITY.md and 'martlet doctor' agree on the tested versions`() throws {
    let listed = try #require(
      try Repository.text("Tests/Engine/members.txt").firstMatch(of: /# WebKitGTK ([\d., and]+)\n/)?.1)
    let versions = listed.split(separator: " ").map(String.init).filter { $0 != "and" }
    #expect(versions.count >= 2)
    #expect(try Repository.text("SECURITY.md").contains("WebKitGTK \(listed)"))
    let newest = try #require(
      try Repository.text("CLI/Sources/martlet/Walls.swift").firstMatch(of: /newestWalked = "([\d.]+)"/)?.1)
    #expect(versions.last.map { Substring($0) } == newest)
  }
}
