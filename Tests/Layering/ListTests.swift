import Testing

/// Lists and numbers that several tools need, each in its own language.
@Suite("Repeated facts agree")
struct ListTests {
  /// The names in the list `let examples` of Package.swift.
  private func examplesOfPackage() throws -> [String] {
    let list = try #require(
      try Repository.text("Package.swift").firstMatch(of: /let examples = \[([^\]]*)\]/)?.1)
    return list.matches(of: /"(\w+)"/).map { String($0.1) }.sorted()
  }

  @Test
  func `The examples agree in Package.swift, meson.build and the two folders`() throws {
    let products = try examplesOfPackage()
    #expect(products.count > 5)
    #expect(try Repository.folders(in: "Sources/Examples") == products.map { "Sources/Examples/\($0)" })

    let pages = try Repository.folders(in: "Resources/examples").map { String($0.split(separator: "/")[2]) }
    #expect(pages.map(product).sorted() == products)

    let meson = try Repository.text("meson.build").matches(of: /(?m)^    '([a-z-]+)': '(\w+)',$/)
    #expect(meson.map { String($0.1) }.sorted() == pages)
    for entry in meson { #expect(product(of: String(entry.1)) == entry.2) }
  }

  /// `set-title` → `SetTitle`, as in `dev`.
  private func product(of example: String) -> String {
    example.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  @Test
  func `The version agrees with that of meson.build in every file that has it`() throws {
    let version = try #require(
      try Repository.text("meson.build").firstMatch(of: /project\('martlet', version: '([\d.]+)'/)?.1)
    for (file, text) in [
      ("Sources/Martlet/App/Versions.swift", "\"martlet\": \"\(version)\""),
      ("CLI/Sources/martlet/Martlet.swift", "version: \"\(version)\""),
      ("data/martlet.1", "\"Martlet \(version)\""),
      ("data/dev.martlet.Gallery.metainfo.xml", "<release version=\"\(version)\""),
    ] {
      #expect(try Repository.text(file).contains(text), "\(file) does not say \(text)")
    }
  }
}
