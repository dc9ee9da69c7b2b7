/// A Swift type whose values can be cloned. IPC handlers return such values, and `send` takes them.
///
/// These standard types conform: booleans, integers, floating point, strings, optionals, arrays, dictionaries
/// with string keys, sets, and `[UInt8]`, which becomes a `Uint8Array`. To make your own `Codable` type
/// conform, declare it:
///
/// ```swift
/// struct Todo: Codable, CloneCodable { var title: String; var done: Bool }
/// ```
public protocol CloneEncodable {
  /// Converts this value to a JavaScript value.
  ///
  /// - Throws: ``CloneError/notCloneable(_:)`` if this value cannot be cloned.
  func cloneValue() throws(CloneError) -> CloneValue

  /// Converts an array of such values. Types whose arrays have a form of their own, such as bytes, implement
  /// it.
  static func cloneValue(ofArray elements: [Self]) throws(CloneError) -> CloneValue
}

/// A Swift type that can be made from a JavaScript value. IPC handlers take parameters of such types.
///
/// Conversion is exact: 3.5 or 300 is not a `UInt8`, `"1"` is not an `Int`. On a mismatch it throws a
/// ``CloneTypeMismatch`` that says which type was expected, which value was found, and where. It also throws
/// if copies of shared objects exceed ``CloneCodec/conversionAllowance``.
public protocol CloneDecodable {
  /// Makes a Swift value from a JavaScript value.
  ///
  /// - Parameter value: The JavaScript value.
  /// - Throws: ``CloneTypeMismatch`` if `value` does not convert to this type.
  static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> Self

  /// Makes an array of such values. Types whose arrays have a form of their own, such as bytes, implement it.
  static func decodeArray(from value: CloneValue) throws(CloneTypeMismatch) -> [Self]
}

/// A type that converts in both directions.
public typealias CloneCodable = CloneEncodable & CloneDecodable

extension CloneEncodable {
  public static func cloneValue(ofArray elements: [Self]) throws(CloneError) -> CloneValue {
    let array = CloneArray()
    array.dense.reserveCapacity(elements.count)
    for element in elements { array.dense.append(try element.cloneValue()) }
    return .array(array)
  }
}

extension CloneDecodable {
  public static func decodeArray(from value: CloneValue) throws(CloneTypeMismatch) -> [Self] {
    try ConversionBudget.convert(value) { (value) throws(CloneTypeMismatch) in try elements(of: value) }
  }

  private static func elements(of value: CloneValue) throws(CloneTypeMismatch) -> [Self] {
    switch value {
    case .array(let array):
      // A length made of holes costs the sender nothing and must not cost us memory.
      guard array.isDense else { throw CloneTypeMismatch(expected: "array without gaps", found: value) }
      var result: [Self] = []
      result.reserveCapacity(array.dense.count)
      for (index, element) in array.dense.enumerated() {
        do throws(CloneTypeMismatch) {
          result.append(try decode(from: element))
        } catch {
          throw error.inside(String(index))
        }
      }
      return result
    case .view(let view) where view.kind != .dataView:
      var result: [Self] = []
      result.reserveCapacity(view.count)
      for index in 0..<view.count {
        do throws(CloneTypeMismatch) {
          result.append(try decode(from: view.element(at: index) ?? .undefined))
        } catch {
          throw error.inside(String(index))
        }
      }
      return result
    default:
      throw CloneTypeMismatch(expected: "array", found: value)
    }
  }
}
