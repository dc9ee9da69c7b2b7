import Testing

/// Rules for the layout of sources that `./dev format` does not check.
@Suite("The layout of the sources")
struct StyleTests {
  static let width = 110

  // An ordinary user may not read the build folder of another one, in CLI.
  private static let folders = ["Sources", "CLI/Sources", "CLI/Templates", "Benchmarks", "Tests"]

  @Test
  func `No line of Swift or C is wider than 110 columns, comments and scripts in strings included`() throws {
    for folder in Self.folders {
      for file in try Repository.files(in: folder, endings: ["swift", "c", "h"]) {
        let wide = tooWide(file.text)
        #expect(wide.isEmpty, "\(file.path): lines \(wide) are wider than \(Self.width) columns")
      }
    }
  }

  @Test
  func `Every if, else and loop of C has braces`() throws {
    var count = 0
    for folder in Self.folders {
      for file in try Repository.files(in: folder, endings: ["c", "h"]) {
        count += 1
        let bodies = unbraced(file.text)
        #expect(bodies.isEmpty, "\(file.path): \(bodies)")
      }
    }
    #expect(count > 20, "the sources were not found")
  }

  @Test
  func `A wide line, and a body without braces, are noticed`() {
    let fits = String(repeating: "ä", count: Self.width)
    #expect(tooWide("\(fits)\n") == [])
    #expect(tooWide("a\n\(fits)b\n") == [2])
    for text in ["if (a(b))\n  c();", "else\n  c();", "for (;;) c();", "while (a)\n  b();"] {
      #expect(unbraced(text).count == 1, "\(text)")
    }
    for text in [
      "if (a(b)) {\n}", "else if (a) {\n}", "do {\n} while (a);", "// if (a)\n", "\"if (a) b\"",
      "#if (A)\n#else\nb",
    ] {
      #expect(unbraced(text).isEmpty, "\(text)")
    }
  }

  /// The numbers of lines that exceed the width.
  private func tooWide(_ text: String) -> [Int] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().filter {
      $0.element.utf8.count > Self.width && $0.element.count > Self.width
    }.map { $0.offset + 1 }
  }

  /// The heads of C statements whose body has no braces.
  private func unbraced(_ text: String) -> [String] {
    let code = bare(text).replacing(/(?m)^\s*#.*$/, with: "")
    return code.matches(of: /(?m)(?:^|[^\w#])(if|for|while|else)(?!\w)/).compactMap { match in
      var rest = code[match.range.upperBound...].drop(while: \.isWhitespace)
      if match.1 != "else" {
        guard rest.first == "(" else { return nil }
        var depth = 0
        let end = rest.firstIndex { character in
          if character == "(" { depth += 1 }
          if character == ")" { depth -= 1 }
          return depth == 0
        }
        guard let end else { return nil }
        rest = rest[end...].dropFirst().drop(while: \.isWhitespace)
      }
      let isBraced = rest.hasPrefix("{") || rest.hasPrefix("if") && match.1 == "else"
      return isBraced || rest.hasPrefix(";") && match.1 == "while" ? nil : String(match.1) + rest.prefix(20)
    }
  }
}
