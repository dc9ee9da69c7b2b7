/// A JavaScript value that is not what a Swift type needs.
public struct CloneTypeMismatch: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was needed: "Int", "array".
  public let expected: String
  /// What came, with the value where it is short: "string 'abc'", "undefined", "object".
  public let found: String
  /// Where: the keys and indices from the outside in, such as `["todos", "0", "title"]`.
  public let path: [String]

  /// Makes a mismatch.
  ///
  /// - Parameters:
  ///   - expected: What was needed.
  ///   - found: What came.
  ///   - path: Where, from the outside in.
  public init(expected: String, found: CloneValue, path: [String] = []) {
    self.init(expected: expected, foundText: found.shortDescription, path: path)
  }

  private init(expected: String, foundText: String, path: [String]) {
    self.expected = expected
    found = foundText
    self.path = path
  }

  /// The same mismatch, seen from one level further out.
  ///
  /// - Parameter key: The key or index under which the value was.
  public func inside(_ key: String) -> CloneTypeMismatch {
    CloneTypeMismatch(expected: expected, foundText: found, path: [key] + path)
  }

  /// `expected Int, got string 'abc'`, with the place in front if it is not the value itself.
  public var description: String {
    let text = "expected \(expected), got \(found)"
    return path.isEmpty ? text : "\(path.joined(separator: ".")): \(text)"
  }
}

extension CloneValue {
  /// What this value is, in a few words for an error message.
  public var shortDescription: String {
    switch self {
    case .undefined: "undefined"
    case .null: "null"
    case .bool(let bool): "boolean \(bool)"
    case .number(let number): "number \(number == 0 && number.sign == .minus ? "-0" : number.javaScriptText)"
    case .bigInt(let number): number.words.count <= 2 ? "bigint \(number)" : "bigint"
    case .string(let string): "string \(string.shortened(to: 40))"
    case .object: "object"
    case .array: "array"
    case .map: "Map"
    case .set: "Set"
    case .date: "Date"
    case .regExp: "RegExp"
    case .boxed(let boxed): boxed.constructorName
    case .error(let error): error.kind.name
    case .arrayBuffer: "ArrayBuffer"
    case .view(let view): view.kind.name
    }
  }
}

extension CloneBoxed {
  var constructorName: String {
    switch primitive {
    case .bool: "Boolean object"
    case .number: "Number object"
    case .bigInt: "BigInt object"
    default: "String object"
    }
  }
}

extension CloneString {
  /// The string in quotes, cut off after so many units.
  func shortened(to limit: Int) -> String {
    if utf16Count <= limit { return "'\(String(self))'" }
    return "'\(String(CloneString(utf16: utf16.prefix(limit))))…'"
  }
}
