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

  /// Shared objects would become more copies than a ``ConversionBudget`` has.
  static func unfolded(_ limit: Int) -> CloneTypeMismatch {
    CloneTypeMismatch(
      expected: "at most \(limit) values once objects that are shared are copied",
      foundText: "more: take a CloneValue, which keeps them shared, or send less that is shared", path: [])
  }

  /// The same mismatch, seen from one level further out.
  ///
  /// - Parameter key: The key or index under which the value was; a long one is cut.
  public func inside(_ key: String) -> CloneTypeMismatch {
    let shown = key.utf8.count > Self.longestKey ? key.beginning(Self.longestKey) + "…" : key
    return CloneTypeMismatch(expected: expected, foundText: found, path: [shown] + path)
  }

  /// The characters of the longest key that is shown whole. Keys are a sender's to choose, and end up in the
  /// log.
  static let longestKey = 100

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

extension String {
  /// The first of its Unicode scalars, in a time that depends on nothing else.
  func beginning(_ limit: Int) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: unicodeScalars.prefix(limit))
    return text
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
    return "'\(String(prefix(limit)))…'"
  }

  /// The first units, of a string of any length.
  func prefix(_ limit: Int) -> CloneString {
    if utf16Count <= limit { return self }
    return withBytes { bytes, isTwoByte in
      let part = UnsafeRawBufferPointer(rebasing: bytes[..<(isTwoByte ? 2 * limit : limit)])
      return isTwoByte ? CloneString(utf16Bytes: part) : CloneString(latin1: part)
    }
  }
}
