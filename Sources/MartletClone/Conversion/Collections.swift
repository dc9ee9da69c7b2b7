extension Array: CloneEncodable where Element: CloneEncodable {
  public func cloneValue() throws(CloneError) -> CloneValue { try Element.cloneValue(ofArray: self) }
}

extension Array: CloneDecodable where Element: CloneDecodable {
  /// Accepts an array or a typed array; `[UInt8]` also accepts an `ArrayBuffer`.
  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> [Element] {
    try Element.decodeArray(from: value)
  }
}

extension Dictionary: CloneEncodable where Key == String, Value: CloneEncodable {
  /// Makes a plain object. Its keys are in the dictionary's order, which is unspecified.
  public func cloneValue() throws(CloneError) -> CloneValue {
    let object = CloneObject()
    for (key, value) in self { object[key] = try value.cloneValue() }
    return .object(object)
  }
}

extension Dictionary: CloneDecodable where Key == String, Value: CloneDecodable {
  /// Accepts a plain object, or a `Map` whose keys are strings.
  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> [String: Value] {
    try ConversionBudget.convert(value) { (value) throws(CloneTypeMismatch) in try entries(of: value) }
  }

  private static func entries(of value: CloneValue) throws(CloneTypeMismatch) -> [String: Value] {
    var result: [String: Value] = [:]
    func add(_ key: String, _ value: CloneValue) throws(CloneTypeMismatch) {
      do throws(CloneTypeMismatch) {
        result[key] = try Value.decode(from: value)
      } catch {
        throw error.inside(key)
      }
    }
    switch value {
    case .object(let object):
      result.reserveCapacity(object.count)
      for (key, value) in object.entries { try add(String(key), value) }
    case .map(let map):
      result.reserveCapacity(map.count)
      for (key, value) in map.entries { try add(try String.decode(from: key), value) }
    default:
      throw CloneTypeMismatch(expected: "object", found: value)
    }
    return result
  }
}

extension Set: CloneEncodable where Element: CloneEncodable {
  /// Makes a JavaScript `Set`. Its members are in this set's order, which is unspecified.
  public func cloneValue() throws(CloneError) -> CloneValue {
    let set = CloneSet()
    for element in self { set.insert(try element.cloneValue()) }
    return .set(set)
  }
}

extension Set: CloneDecodable where Element: CloneDecodable {
  /// Accepts a JavaScript `Set`, or an array.
  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> Set<Element> {
    switch value {
    case .set:
      return try ConversionBudget.convert(value) { (value) throws(CloneTypeMismatch) in try members(of: value)
      }
    case .array:
      return Set(try Element.decodeArray(from: value))
    default:
      throw CloneTypeMismatch(expected: "Set", found: value)
    }
  }

  private static func members(of value: CloneValue) throws(CloneTypeMismatch) -> Set<Element> {
    guard case .set(let set) = value else { throw CloneTypeMismatch(expected: "Set", found: value) }
    var result = Set<Element>(minimumCapacity: set.count)
    for member in set.members { result.insert(try Element.decode(from: member)) }
    return result
  }
}
