extension CloneEncodable where Self: Encodable {
  /// Encodes a `Codable` type: its keys become an object's properties, its sequences arrays.
  ///
  /// A nil property that `encodeIfPresent` leaves out, as synthesized code does, is missing; one that is
  /// encoded becomes `null`.
  public func cloneValue() throws(CloneError) -> CloneValue {
    let encoder = ValueEncoder(codingPath: [])
    do {
      try encode(to: encoder)
    } catch let error as CloneError {
      throw error
    } catch {
      throw .notCloneable("\(error)")
    }
    return encoder.value
  }
}

/// Swift's `Encoder` that makes a clone value.
final class ValueEncoder: Encoder {
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }
  /// The encoded value. It is an object if nothing was encoded, as for a type without properties.
  var value: CloneValue { result ?? .object(CloneObject()) }
  fileprivate var result: CloneValue?
  /// Called with the value when a super encoder is done.
  private var onEnd: ((CloneValue) -> Void)?

  init(codingPath: [any CodingKey], onEnd: ((CloneValue) -> Void)? = nil) {
    self.codingPath = codingPath
    self.onEnd = onEnd
  }

  deinit { onEnd?(value) }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    let object: CloneObject
    if case .object(let existing) = result { object = existing } else { object = CloneObject() }
    result = .object(object)
    return KeyedEncodingContainer(KeyedValueEncoder(object: object, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    let array: CloneArray
    if case .array(let existing) = result { array = existing } else { array = CloneArray() }
    result = .array(array)
    return UnkeyedValueEncoder(array: array, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { SingleValueEncoder(encoder: self) }

  /// Encodes a value nested inside another.
  static func clone(_ value: some Encodable, at codingPath: [any CodingKey]) throws -> CloneValue {
    if let direct = value as? any CloneEncodable { return try direct.cloneValue() }
    if let remedy = FoundationType.remedy(for: type(of: value)) { throw CloneError.notCloneable(remedy) }
    let encoder = ValueEncoder(codingPath: codingPath)
    try value.encode(to: encoder)
    return encoder.value
  }
}

private struct KeyedValueEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let object: CloneObject
  let codingPath: [any CodingKey]

  func encodeNil(forKey key: Key) { object[key.stringValue] = .null }
  func encode(_ value: Bool, forKey key: Key) { object[key.stringValue] = .bool(value) }
  func encode(_ value: Int, forKey key: Key) { object[key.stringValue] = value.cloneValue() }
  func encode(_ value: Double, forKey key: Key) { object[key.stringValue] = .number(value) }
  func encode(_ value: String, forKey key: Key) { object[key.stringValue] = value.cloneValue() }

  func encode(_ value: some Encodable, forKey key: Key) throws {
    object[key.stringValue] = try ValueEncoder.clone(value, at: codingPath + [key])
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    let inner = CloneObject()
    object[key.stringValue] = .object(inner)
    return KeyedEncodingContainer(KeyedValueEncoder<Nested>(object: inner, codingPath: codingPath + [key]))
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    let inner = CloneArray()
    object[key.stringValue] = .array(inner)
    return UnkeyedValueEncoder(array: inner, codingPath: codingPath + [key])
  }

  func superEncoder() -> any Encoder { superEncoder(at: "super") }
  func superEncoder(forKey key: Key) -> any Encoder { superEncoder(at: key.stringValue) }

  private func superEncoder(at name: String) -> any Encoder {
    let object = object
    return ValueEncoder(codingPath: codingPath) { object[name] = $0 }
  }
}

private struct UnkeyedValueEncoder: UnkeyedEncodingContainer {
  let array: CloneArray
  let codingPath: [any CodingKey]
  var count: Int { array.length }

  func encodeNil() { array.append(.null) }
  func encode(_ value: some Encodable) throws {
    array.append(try ValueEncoder.clone(value, at: codingPath + [PathKey(count)]))
  }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    let inner = CloneObject()
    array.append(.object(inner))
    return KeyedEncodingContainer(
      KeyedValueEncoder<Nested>(object: inner, codingPath: codingPath + [PathKey(count - 1)]))
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    let inner = CloneArray()
    array.append(.array(inner))
    return UnkeyedValueEncoder(array: inner, codingPath: codingPath + [PathKey(count - 1)])
  }

  func superEncoder() -> any Encoder {
    let array = array
    let index = array.length
    array.append(.undefined)
    return ValueEncoder(codingPath: codingPath) { array[index] = $0 }
  }
}

private struct SingleValueEncoder: SingleValueEncodingContainer {
  let encoder: ValueEncoder
  var codingPath: [any CodingKey] { encoder.codingPath }

  func encodeNil() { encoder.result = .null }
  func encode(_ value: some Encodable) throws {
    encoder.result = try ValueEncoder.clone(value, at: codingPath)
  }
}

/// An index as a coding key.
struct PathKey: CodingKey {
  let stringValue: String
  let intValue: Int?

  init(_ index: Int) {
    stringValue = String(index)
    intValue = index
  }

  init?(stringValue: String) {
    self.stringValue = stringValue
    intValue = nil
  }

  init?(intValue: Int) { self.init(intValue) }
}
