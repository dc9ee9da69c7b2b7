/// The error thrown when a JavaScript value does not convert to a Swift type.
public struct CloneTypeMismatch: Error, Hashable, Sendable, CustomStringConvertible {
  /// The type that was expected: "Int", "array".
  public let expected: String
  /// The value that was found, in full where it is short: "string 'abc'", "undefined", "object".
  public let found: String
  /// Keys and indices that lead to the value, from the outside in, such as `["todos", "0", "title"]`.
  public let path: [String]

  /// Makes a mismatch.
  ///
  /// - Parameters:
  ///   - expected: The type that was expected.
  ///   - found: The value that was found.
  ///   - path: Keys and indices that lead to the value, from the outside in.
  public init(expected: String, found: CloneValue, path: [String] = []) {
    self.init(expected: expected, foundText: found.shortDescription, path: path)
  }

  private init(expected: String, foundText: String, path: [String]) {
    self.expected = expected
    found = foundText
    self.path = path
  }

  /// Copies of shared objects exceed the limit of a ``ConversionBudget``.
  static func unfolded(_ limit: Int) -> CloneTypeMismatch {
    CloneTypeMismatch(
      expected: "at most \(limit) values once objects that are shared are copied",
      foundText: "more: take a CloneValue, which keeps them shared, or send less that is shared", path: [])
  }

  /// Returns the same mismatch with a path that begins one level further out.
  ///
  /// - Parameter key: The key or index of the value; a long one is shortened.
  public func inside(_ key: String) -> CloneTypeMismatch {
    let shown = key.utf8.count > Self.longestKey ? key.beginning(Self.longestKey) + "…" : key
    return CloneTypeMismatch(expected: expected, foundText: found, path: [shown] + path)
  }

  /// Longest key shown whole, in characters. A sender chooses its keys, and they are written to the log.
  static let longestKey = 100

  /// `expected Int, got string 'abc'`, after the path unless that is empty.
  public var description: String {
    let text = "expected \(expected), got \(found)"
    return path.isEmpty ? text : "\(path.joined(separator: ".")): \(text)"
  }
}

extension CloneValue {
  /// A short description of this value for an error message.
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
  /// The first `limit` Unicode scalars, in a time that does not depend on the string's length.
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
  /// The string in quotes, shortened to `limit` UTF-16 units.
  func shortened(to limit: Int) -> String {
    if utf16Count <= limit { return "'\(String(self))'" }
    return "'\(String(prefix(limit)))…'"
  }

  /// The first `limit` UTF-16 units.
  func prefix(_ limit: Int) -> CloneString {
    if utf16Count <= limit { return self }
    return withBytes { bytes, isTwoByte in
      let part = UnsafeRawBufferPointer(rebasing: bytes[..<(isTwoByte ? 2 * limit : limit)])
      return isTwoByte ? CloneString(utf16Bytes: part) : CloneString(latin1: part)
    }
  }
}
