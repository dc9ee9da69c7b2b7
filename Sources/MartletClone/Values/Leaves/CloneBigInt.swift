/// A bigint: a sign and a magnitude of any size.
///
/// It has no arithmetic. Convert it with the `init(exactly:)` of the standard integers, such as
/// `Int(exactly:)`, or print it.
public struct CloneBigInt: Hashable, Sendable {
  /// Whether the value is below zero. Zero is never negative.
  public let isNegative: Bool
  /// The magnitude, least significant word first, without leading zero words; empty for zero.
  public let words: [UInt64]

  /// Makes a bigint from a sign and a magnitude.
  ///
  /// - Parameters:
  ///   - isNegative: The sign; ignored for zero.
  ///   - words: The magnitude, least significant word first; leading zero words are dropped.
  public init(isNegative: Bool, words: [UInt64]) {
    var words = words
    while words.last == 0 { words.removeLast() }
    self.words = words
    self.isNegative = isNegative && !words.isEmpty
  }

  /// Makes a bigint from any integer.
  ///
  /// - Parameter value: The value.
  public init(_ value: some BinaryInteger) {
    let magnitude = value.magnitude
    self.init(isNegative: value < 0, words: magnitude.words.map { UInt64($0) })
  }
}

extension CloneBigInt: ExpressibleByIntegerLiteral {
  public init(integerLiteral value: Int) { self.init(value) }
}

extension FixedWidthInteger {
  /// Converts a bigint; nil if it does not fit.
  ///
  /// - Parameter value: The bigint.
  public init?(exactly value: CloneBigInt) {
    guard value.words.count * 64 <= Self.bitWidth + 63 else { return nil }
    var magnitude: Magnitude = 0
    for (index, word) in value.words.enumerated() {
      guard let part = Magnitude(exactly: word) else { return nil }
      magnitude |= part << (64 * index)
    }
    if !value.isNegative {
      self.init(exactly: magnitude)
    } else if Self.isSigned, magnitude == Self.min.magnitude {
      self = Self.min
    } else if let positive = Self(exactly: magnitude), Self.isSigned {
      self = 0 - positive
    } else {
      return nil
    }
  }
}

extension CloneBigInt: CustomStringConvertible {
  /// The value in decimal, or in hexadecimal from 4,096 bits on, where decimal would take quadratic time.
  public var description: String {
    guard let top = words.last else { return "0" }
    let sign = isNegative ? "-" : ""
    if words.count > 64 {
      var text = sign + "0x" + String(top, radix: 16)
      for word in words.dropLast().reversed() {
        let digits = String(word, radix: 16)
        text += String(repeating: "0", count: 16 - digits.count) + digits
      }
      return text
    }
    var rest = words
    var groups: [String] = []
    while !rest.isEmpty {
      var remainder: UInt64 = 0
      for index in rest.indices.reversed() {
        let divided = Self.decimalGroup.dividingFullWidth((remainder, rest[index]))
        rest[index] = divided.quotient
        remainder = divided.remainder
      }
      while rest.last == 0 { rest.removeLast() }
      groups.append(String(remainder))
    }
    let padded = groups.dropLast().reversed().map { String(repeating: "0", count: 19 - $0.count) + $0 }
    return sign + groups[groups.count - 1] + padded.joined()
  }

  /// The largest power of ten that fits in a word: nineteen digits at a time.
  private static let decimalGroup: UInt64 = 10_000_000_000_000_000_000
}
