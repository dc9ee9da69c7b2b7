extension CloneValue: CustomStringConvertible {
  /// The value as a JavaScript console prints it: `{ id: 1, text: 'hello' }`, `Map(1) { 'a' => [ 1, 2 ] }`.
  ///
  /// Everything is on one line. An object that contains itself prints `[Circular]` there; past eight levels objects
  /// print as `[Object]`, past a hundred members the rest is counted, and long strings and bytes are cut.
  public var description: String {
    var printer = Printer()
    return printer.text(self, depth: 0)
  }
}

private struct Printer {
  private static let deepest = 8
  private static let most = 100
  /// The nodes being printed, from the outside in.
  private var open: [CloneNode] = []

  mutating func text(_ value: CloneValue, depth: Int) -> String {
    switch value {
    case .bool(let bool): return String(bool)
    case .undefined, .null, .number: return value.primitiveText
    case .bigInt(let number): return "\(number)n"
    case .string(let string): return string.quoted
    case .date(let date): return date.isInvalid ? "Invalid Date" : date.isoText
    case .regExp(let regExp): return "/\(regExp.source)/\(regExp.flags.text)"
    case .boxed(let boxed):
      let name = boxed.constructorName.split(separator: " ").first ?? ""
      return "[\(name): \(text(boxed.primitive, depth: depth))]"
    case .arrayBuffer(let buffer):
      return "ArrayBuffer { [Uint8Contents]: <\(Self.hex(buffer.bytes))>, byteLength: \(buffer.byteLength) }"
    default: return container(value, depth: depth)
    }
  }

  private mutating func container(_ value: CloneValue, depth: Int) -> String {
    guard let node = value.node else { return "" }
    if open.contains(where: { $0 === node }) { return "[Circular]" }
    if depth > Self.deepest { return "[\(value.shortName)]" }
    open.append(node)
    defer { open.removeLast() }
    switch value {
    case .object(let object):
      return Self.braces("", members(object.entries, depth: depth))
    case .array(let array):
      return arrayText(array, depth: depth)
    case .map(let map):
      let parts = map.entries.prefix(Self.most).map {
        "\(text($0.key, depth: depth + 1)) => \(text($0.value, depth: depth + 1))"
      }
      return Self.braces("Map(\(map.count)) ", Self.noting(parts, of: map.count))
    case .set(let set):
      let parts = set.members.prefix(Self.most).map { text($0, depth: depth + 1) }
      return Self.braces("Set(\(set.count)) ", Self.noting(parts, of: set.count))
    case .error(let error):
      return errorText(error, depth: depth)
    case .view(let view):
      if view.kind == .dataView { return "DataView { byteLength: \(view.byteLength) }" }
      let parts = (0..<min(view.count, Self.most)).map {
        text(view.element(at: $0) ?? .undefined, depth: depth)
      }
      return Self.brackets("\(view.kind.name)(\(view.count)) ", Self.noting(parts, of: view.count))
    default:
      return ""
    }
  }

  private mutating func members(_ entries: [(key: CloneString, value: CloneValue)], depth: Int) -> [String] {
    let parts = entries.prefix(Self.most).map { "\($0.key.asKey): \(text($0.value, depth: depth + 1))" }
    return Self.noting(parts, of: entries.count)
  }

  private mutating func arrayText(_ array: CloneArray, depth: Int) -> String {
    var parts: [String] = []
    var index = 0
    for present in array.presentIndices.prefix(Self.most) + [array.length] {
      if present > index { parts.append("<\(present - index) empty item\(present - index == 1 ? "" : "s")>") }
      if present < array.length { parts.append(text(array[present], depth: depth + 1)) }
      index = present + 1
      if parts.count >= Self.most {
        parts.append("… \(array.length - index) more")
        break
      }
    }
    return Self.brackets("", parts + members(array.namedProperties, depth: depth))
  }

  private mutating func errorText(_ error: CloneErrorObject, depth: Int) -> String {
    let head =
      error.message.map { $0.isEmpty ? error.kind.name : "\(error.kind.name): \($0)" } ?? error.kind.name
    guard let cause = error.cause else { return "[\(head)]" }
    return "[\(head)] { [cause]: \(text(cause, depth: depth + 1)) }"
  }

  private static func noting(_ parts: [String], of count: Int) -> [String] {
    count > most ? parts + ["… \(count - most) more"] : parts
  }

  private static func braces(_ name: String, _ parts: [String]) -> String {
    parts.isEmpty ? "\(name){}" : "\(name){ \(parts.joined(separator: ", ")) }"
  }

  private static func brackets(_ name: String, _ parts: [String]) -> String {
    parts.isEmpty ? "\(name)[]" : "\(name)[ \(parts.joined(separator: ", ")) ]"
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    let shown = bytes.prefix(50).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
    return bytes.count > 50 ? "\(shown) … \(bytes.count - 50) more" : shown
  }
}

extension CloneValue {
  fileprivate var primitiveText: String {
    switch self {
    case .null: "null"
    case .number(let number): number == 0 && number.sign == .minus ? "-0" : number.javaScriptText
    default: "undefined"
    }
  }

  fileprivate var shortName: String {
    switch self {
    case .object: "Object"
    case .array: "Array"
    default: shortDescription
    }
  }
}

extension CloneString {
  /// The string in single quotes, or in others if that saves escaping.
  fileprivate var quoted: String {
    let limit = 10_000
    let units = utf16
    let text = String(units.count > limit ? CloneString(utf16: units.prefix(limit)) : self)
    let rest = units.count > limit ? "… \(units.count - limit) more characters" : ""
    let quotes: [Character] = ["'", "\"", "`"]
    let quote = quotes.first { !text.contains($0) } ?? "'"
    var result = String(quote)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\\": result += "\\\\"
      case "'" where quote == "'": result += "\\'"
      case "\u{0}"..."\u{1F}", "\u{7F}":
        result += "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16, uppercase: true)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + String(quote) + rest
  }

  /// The string as an object's key: bare where a name may stand.
  fileprivate var asKey: String {
    let text = String(self)
    let isName = text.unicodeScalars.allSatisfy {
      $0 == "_" || $0 == "$" || $0.properties.isAlphabetic || ("0"..."9").contains($0)
    }
    let startsWithDigit = text.unicodeScalars.first.map { ("0"..."9").contains($0) } ?? true
    return isName && (!startsWithDigit || arrayIndex != nil) ? text : quoted
  }
}
