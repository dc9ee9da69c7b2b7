// Conversions of Foundation's types to JavaScript values. Only this module imports Foundation; an app that
// uses Foundation can import it.

public import FoundationEssentials
public import MartletClone

/// Converts to and from a JavaScript `Date`.
extension Date: CloneCodable, CloneLeaf {
  /// Converts the date to a `Date`. Fractions of a millisecond are cut off.
  ///
  /// - Throws: `CloneError` if JavaScript cannot represent the date: more than 8.64e15 ms from 1970.
  public func cloneValue() throws(CloneError) -> CloneValue {
    let date = CloneDate(millisecondsSinceEpoch: timeIntervalSince1970 * 1000)
    if date.isInvalid { throw .notCloneable("a Date that is too far from 1970 for JavaScript") }
    return .date(date)
  }

  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> Date {
    guard case .date(let date) = value, !date.isInvalid else {
      throw CloneTypeMismatch(expected: "Date", found: value)
    }
    return Date(timeIntervalSince1970: date.millisecondsSinceEpoch / 1000)
  }
}

/// Converts to and from a `Uint8Array`.
extension Data: CloneCodable, CloneLeaf {
  public func cloneValue() throws(CloneError) -> CloneValue { try [UInt8](self).cloneValue() }

  /// Accepts the same values as `[UInt8]`: a typed array of bytes, an `ArrayBuffer`, an array of numbers.
  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> Data {
    Data(try [UInt8].decode(from: value))
  }
}

/// Converts to and from the URL's text, because structured clone has no `URL`.
extension URL: CloneCodable, CloneLeaf {
  public func cloneValue() -> CloneValue { absoluteString.cloneValue() }

  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> URL {
    guard case .string(let text) = value, let url = URL(string: String(text)) else {
      throw CloneTypeMismatch(expected: "URL", found: value)
    }
    return url
  }
}

/// Converts to and from the text of the UUID, in lower case like `crypto.randomUUID()`.
extension UUID: CloneCodable, CloneLeaf {
  public func cloneValue() -> CloneValue { uuidString.lowercased().cloneValue() }

  /// Accepts upper and lower case.
  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> UUID {
    guard case .string(let text) = value, let uuid = UUID(uuidString: String(text)) else {
      throw CloneTypeMismatch(expected: "UUID", found: value)
    }
    return uuid
  }
}
