// Foundation's types as what they are in JavaScript. The only module with Foundation: an app that uses
// Foundation anyway imports this, too.

public import FoundationEssentials
public import MartletClone

/// A JavaScript `Date`.
extension Date: CloneCodable, CloneLeaf {
  /// Milliseconds are kept; what is finer is cut off.
  ///
  /// - Throws: `CloneError` for a date that JavaScript cannot hold, 8.64e15 milliseconds from 1970 and
  ///   further.
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

/// A `Uint8Array`.
extension Data: CloneCodable, CloneLeaf {
  public func cloneValue() throws(CloneError) -> CloneValue { try [UInt8](self).cloneValue() }

  /// Takes what `[UInt8]` takes: a typed array of bytes, an `ArrayBuffer`, an array of numbers.
  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> Data {
    Data(try [UInt8].decode(from: value))
  }
}

/// The text of its address: structured clone has no `URL`.
extension URL: CloneCodable, CloneLeaf {
  public func cloneValue() -> CloneValue { absoluteString.cloneValue() }

  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> URL {
    guard case .string(let text) = value, let url = URL(string: String(text)) else {
      throw CloneTypeMismatch(expected: "URL", found: value)
    }
    return url
  }
}

/// Its text as `crypto.randomUUID()` writes it, in small letters.
extension UUID: CloneCodable, CloneLeaf {
  public func cloneValue() -> CloneValue { uuidString.lowercased().cloneValue() }

  /// Takes small and capital letters.
  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> UUID {
    guard case .string(let text) = value, let uuid = UUID(uuidString: String(text)) else {
      throw CloneTypeMismatch(expected: "UUID", found: value)
    }
    return uuid
  }
}
