// The part of Swift's grammar that the rules need: comments, string literals, imports, call arguments.

/// The text without comments and without the contents of string literals; interpolations and line ends stay.
///
/// `keepsStrings`: removes only comments.
func bare(_ text: String, keepsStrings: Bool = false) -> String {
  var scanner = Scanner(text: Array(text), keepsStrings: keepsStrings)
  return String(scanner.run())
}

private struct Scanner {
  let text: [Character]
  let keepsStrings: Bool
  private var position = 0
  private var output: [Character] = []

  init(text: [Character], keepsStrings: Bool) {
    self.text = text
    self.keepsStrings = keepsStrings
  }

  mutating func run() -> [Character] {
    code(untilParenthesis: false)
    return output
  }

  private func sees(_ word: String) -> Bool { text[position...].starts(with: word) }

  private mutating func skip(_ word: String, keeping: Bool) {
    if keeping { output += word }
    position += word.count
  }

  /// Reads code to the end, or to the closing parenthesis of an interpolation.
  private mutating func code(untilParenthesis: Bool) {
    var depth = 0
    while position < text.count {
      let character = text[position]
      if sees("//") {
        while position < text.count, !text[position].isNewline { position += 1 }
      } else if sees("/*") {
        comment()
      } else if let hashes = hashesOfString() {
        string(hashes: hashes)
      } else {
        if character == "(" { depth += 1 }
        if character == ")" { depth -= 1 }
        output.append(character)
        position += 1
        if untilParenthesis, depth == 0 { return }
      }
    }
  }

  /// Block comments nest in Swift. A space replaces each comment.
  private mutating func comment() {
    var depth = 0
    repeat {
      if sees("/*") {
        depth += 1
        position += 2
      } else if sees("*/") {
        depth -= 1
        position += 2
      } else {
        if text[position].isNewline { output.append("\n") }
        position += 1
      }
    } while depth > 0 && position < text.count
    output.append(" ")
  }

  /// The number of `#` before a quotation mark here; nil when no string begins.
  private func hashesOfString() -> Int? {
    let hashes = text[position...].prefix { $0 == "#" }.count
    let quote = position + hashes
    return quote < text.count && text[quote] == "\"" ? hashes : nil
  }

  private mutating func string(hashes: Int) {
    let marks = String(repeating: "#", count: hashes)
    position += hashes
    let quotes = sees("\"\"\"") ? "\"\"\"" : "\""
    output += marks
    skip(quotes, keeping: true)
    let isLine = quotes.count == 1
    while position < text.count {
      if sees(quotes + marks) { return skip(quotes + marks, keeping: true) }
      if isLine, text[position].isNewline { return }
      if sees("\\" + marks + "(") {
        skip("\\" + marks, keeping: true)
        code(untilParenthesis: true)
      } else if sees("\\" + marks) {
        skip("\\" + marks, keeping: keepsStrings)
        if position < text.count { skip(String(text[position]), keeping: keepsStrings) }
      } else {
        skip(String(text[position]), keeping: keepsStrings || text[position].isNewline)
      }
    }
  }
}

/// The modules that a Swift file imports; for a submodule, its top-level module.
func imports(in text: String) -> [String] {
  bare(text).split { $0.isNewline || $0 == ";" }.compactMap { statement in
    var words = statement.split(separator: " ")[...]
    while let word = words.first, word.hasPrefix("@") || accessLevels.contains(String(word)) {
      words = words.dropFirst()
    }
    guard words.popFirst() == "import" else { return nil }
    if let kind = words.first, importKinds.contains(String(kind)) { words = words.dropFirst() }
    return words.first?.split(separator: ".").first.map { String($0) }
  }
}

private let accessLevels: Set<String> = ["public", "package", "internal", "fileprivate", "private"]
private let importKinds: Set<String> = [
  "typealias", "struct", "class", "enum", "protocol", "let", "var", "func",
]

/// The headers that a C file includes.
func includes(in text: String) -> [String] {
  text.split(whereSeparator: \.isNewline).compactMap { line in
    let directive = line.filter { !$0.isWhitespace }
    guard directive.hasPrefix("#include") || directive.hasPrefix("#import") else { return nil }
    return directive.split { "<>\"".contains($0) }.dropFirst().first.map { String($0) }
  }
}

/// The uses of functions that connect a signal.
@Sendable
func connectedSignals(in code: String) -> [String] {
  code.matches(of: /(?:g_signal_connect\w*|martlet_signal_connect|connectSignal(?!\w))/).map {
    String($0.output)
  }
}

/// The calls that evaluate JavaScript whose text they assemble in place.
@Sendable
func pastedScripts(in text: String) -> [String] {
  let code = bare(text)
  return code.matches(
    of: /\w*(?:evaluate_javascript|call_async_javascript_function|jsc_context_evaluate)\w*\(/
  ).compactMap {
    var depth = 0
    let arguments = code[$0.range.lowerBound...].prefix { character in
      defer { if character == "(" { depth += 1 } }
      if character == ")" { depth -= 1 }
      return character != ")" || depth > 0
    }
    return arguments.contains(/\\#*\(|"\s*\+|\+\s*#*"/) ? String(arguments) : nil
  }
}
