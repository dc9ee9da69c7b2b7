struct KeyedValueDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let object: CloneObject
  let codingPath: [any CodingKey]

  var allKeys: [Key] { object.keys.compactMap { Key(stringValue: $0) } }
  func contains(_ key: Key) -> Bool { !object[key.stringValue].isUndefined }
  func decodeNil(forKey key: Key) -> Bool { object[key.stringValue].isNullish }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try native(type, key) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try native(type, key) }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try native(type, key) }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try native(type, key) }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try native(type, key) }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try native(type, key) }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try native(type, key) }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try native(type, key) }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try native(type, key) }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try native(type, key) }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try native(type, key) }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try native(type, key) }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try native(type, key) }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try native(type, key) }
  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try decoder(key).any(type) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try decoder(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try decoder(key).unkeyedContainer()
  }

  func superDecoder() -> any Decoder { ValueDecoder(value: object["super"], codingPath: codingPath) }
  func superDecoder(forKey key: Key) -> any Decoder { decoder(key) }

  private func decoder(_ key: Key) -> ValueDecoder {
    ValueDecoder(value: object[key.stringValue], codingPath: codingPath + [key])
  }

  private func native<T: CloneDecodable>(_ type: T.Type, _ key: Key) throws -> T {
    do throws(CloneTypeMismatch) {
      let value = object[key.stringValue]
      try ConversionBudget.spend(on: value, of: object)
      return try T.decode(from: value)
    } catch {
      throw (codingPath + [key]).reversed().reduce(error) { $0.inside($1.stringValue) }
    }
  }
}

struct UnkeyedValueDecoder: UnkeyedDecodingContainer {
  let elements: [CloneValue]
  let codingPath: [any CodingKey]
  private(set) var currentIndex = 0

  init(elements: [CloneValue], codingPath: [any CodingKey]) {
    self.elements = elements
    self.codingPath = codingPath
  }

  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex >= elements.count }

  mutating func decodeNil() -> Bool {
    guard !isAtEnd, elements[currentIndex].isNullish else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try advance { try $0.any(type) } }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    try advance { try $0.container(keyedBy: type) }
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try advance { try $0.unkeyedContainer() }
  }

  mutating func superDecoder() throws -> any Decoder { try advance { $0 } }

  /// Moves on by one element if `body` succeeds with it.
  private mutating func advance<T>(_ body: (ValueDecoder) throws -> T) throws -> T {
    let path = codingPath + [PathKey(currentIndex)]
    let result = try body(
      ValueDecoder(value: isAtEnd ? .undefined : elements[currentIndex], codingPath: path))
    currentIndex += 1
    return result
  }
}
