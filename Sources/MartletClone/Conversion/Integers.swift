// The conditions name `Encodable` and `Decodable` only to be more specific than the adapter's defaults.

extension CloneEncodable where Self: FixedWidthInteger, Self: Encodable {
  /// A number, or beyond ±2^53, where numbers are no longer exact, a bigint.
  public func cloneValue() -> CloneValue {
    magnitude <= 1 << 53 || Self.bitWidth <= 32 ? .number(Double(self)) : .bigInt(CloneBigInt(self))
  }
}

extension CloneDecodable where Self: FixedWidthInteger, Self: Decodable {
  /// Takes a number without fraction, or a bigint, in the range of the type.
  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> Self {
    switch value {
    case .number(let number):
      if let integer = number.exactly(Self.self) { return integer }
    case .bigInt(let number):
      if let integer = Self(exactly: number) { return integer }
    default:
      break
    }
    throw CloneTypeMismatch(expected: String(describing: Self.self), found: value)
  }
}

extension Int: CloneCodable {}
extension Int8: CloneCodable {}
extension Int16: CloneCodable {}
extension Int32: CloneCodable {}
extension Int64: CloneCodable {}
extension UInt: CloneCodable {}
extension UInt16: CloneCodable {}
extension UInt32: CloneCodable {}
extension UInt64: CloneCodable {}

extension UInt8: CloneCodable {
  /// Bytes become a `Uint8Array`.
  public static func cloneValue(ofArray elements: [UInt8]) -> CloneValue {
    .view(CloneArrayBufferView(elements))
  }

  /// Takes bytes of an `ArrayBuffer`, a `DataView` or a typed array of bytes, in one piece, or an array of
  /// numbers.
  public static func decodeArray(from value: CloneValue) throws(CloneTypeMismatch) -> [UInt8] {
    try ConversionBudget.convert(value) { (value) throws(CloneTypeMismatch) in try bytes(of: value) }
  }

  private static func bytes(of value: CloneValue) throws(CloneTypeMismatch) -> [UInt8] {
    switch value {
    case .arrayBuffer(let buffer):
      return try read(buffer.readBytes(), of: value)
    case .view(let view) where view.kind.elementSize == 1:
      return try read(view.readBytes(), of: value)
    case .array(let array) where array.isDense:
      var bytes: [UInt8] = []
      bytes.reserveCapacity(array.dense.count)
      for (index, element) in array.dense.enumerated() {
        do throws(CloneTypeMismatch) {
          bytes.append(try decode(from: element))
        } catch {
          throw error.inside(String(index))
        }
      }
      return bytes
    default:
      throw CloneTypeMismatch(expected: "bytes", found: value)
    }
  }

  private static func read(_ bytes: [UInt8]?, of value: CloneValue) throws(CloneTypeMismatch) -> [UInt8] {
    guard let bytes else {
      throw CloneTypeMismatch(expected: "bytes that the system can read", found: value)
    }
    return bytes
  }
}

extension CloneBigInt: CloneCodable {
  public func cloneValue() -> CloneValue { .bigInt(self) }

  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> CloneBigInt {
    guard case .bigInt(let number) = value else { throw CloneTypeMismatch(expected: "bigint", found: value) }
    return number
  }
}
