/// A Swift type whose values can be cloned: what IPC handlers return and `send` takes.
///
/// The standard types conform: booleans, integers, floating point, strings, optionals, arrays, dictionaries
/// with string keys, sets, and `[UInt8]`, which becomes a `Uint8Array`. A `Codable` type of yours conforms by
/// saying so:
///
/// ```swift
/// struct Todo: Codable, CloneCodable { var title: String; var done: Bool }
/// ```
public protocol CloneEncodable {
  /// This value as a JavaScript value.
  ///
  /// - Throws: ``CloneError/notCloneable(_:)`` if this value has none.
  func cloneValue() throws(CloneError) -> CloneValue

  /// An array of such values; types for which an array is more than its elements, like bytes, say so here.
  static func cloneValue(ofArray elements: [Self]) throws(CloneError) -> CloneValue
}

/// A Swift type that can be made of a JavaScript value: what IPC handlers take.
///
/// Conversion is exact: 3.5 or 300 is no `UInt8`, `"1"` is no `Int`. What does not fit throws a
/// ``CloneTypeMismatch`` that says what was expected, what came, and where; so does more than
/// ``CloneCodec/conversionAllowance`` where objects are shared.
public protocol CloneDecodable {
  /// Makes a value of a JavaScript one.
  ///
  /// - Parameter value: What came.
  /// - Throws: ``CloneTypeMismatch`` if `value` is no such thing.
  static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> Self

  /// Makes an array of such values; types for which an array is more than its elements, like bytes, say so
  /// here.
  static func decodeArray(from value: CloneValue) throws(CloneTypeMismatch) -> [Self]
}

/// A type that converts both ways.
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
      // A hole-only length costs a sender nothing and must not cost us memory.
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
