extension Bool: CloneCodable {
  public func cloneValue() -> CloneValue { .bool(self) }

  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> Bool {
    guard case .bool(let bool) = value else { throw CloneTypeMismatch(expected: "Bool", found: value) }
    return bool
  }
}

extension Double: CloneCodable {
  public func cloneValue() -> CloneValue { .number(self) }

  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> Double {
    guard case .number(let number) = value else { throw CloneTypeMismatch(expected: "Double", found: value) }
    return number
  }
}

extension Float: CloneCodable {
  public func cloneValue() -> CloneValue { .number(Double(self)) }

  /// Accepts any number, rounded to single precision.
  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> Float {
    guard case .number(let number) = value else { throw CloneTypeMismatch(expected: "Float", found: value) }
    return Float(number)
  }
}

extension String: CloneCodable {
  public func cloneValue() -> CloneValue { .string(CloneString(self)) }

  /// Accepts any string; lone surrogates, which Swift cannot represent, become U+FFFD.
  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> String {
    guard case .string(let string) = value else { throw CloneTypeMismatch(expected: "String", found: value) }
    return String(string)
  }
}

extension Character: CloneCodable {
  public func cloneValue() -> CloneValue { String(self).cloneValue() }

  /// Accepts a string of one character.
  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> Character {
    if case .string(let string) = value {
      let text = String(string)
      if text.count == 1, let character = text.first { return character }
    }
    throw CloneTypeMismatch(expected: "Character", found: value)
  }
}

extension Optional: CloneEncodable where Wrapped: CloneEncodable {
  /// `nil` becomes `undefined`.
  public func cloneValue() throws(CloneError) -> CloneValue {
    guard let self else { return .undefined }
    return try self.cloneValue()
  }
}

extension Optional: CloneDecodable where Wrapped: CloneDecodable {
  /// Both `undefined` and `null` become `nil`.
  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> Wrapped? {
    value.isNullish ? nil : try Wrapped.decode(from: value)
  }
}

/// An empty result: `undefined` in JavaScript. It accepts any value.
public struct CloneVoid: CloneCodable, Hashable, Sendable {
  /// Makes the only value.
  public init() {}

  public func cloneValue() -> CloneValue { .undefined }
  public static func decode(from value: CloneValue) -> CloneVoid { CloneVoid() }
}
