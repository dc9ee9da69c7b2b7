extension CloneDecodable where Self: Decodable {
  /// Decodes a `Codable` type: an object's properties are its keys, an array its sequence.
  ///
  /// Optional properties may be missing, `undefined` or `null`. A recursive type nests as deep as the
  /// untrusted value does, so values nested deeper than ``CloneCodec/maximumCodableDepth`` levels are
  /// rejected.
  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> Self {
    try ConversionBudget.scope(of: value) { () throws(CloneTypeMismatch) in try decodeCodable(from: value) }
  }

  private static func decodeCodable(from value: CloneValue) throws(CloneTypeMismatch) -> Self {
    do {
      return try ValueDecoder(value: value, codingPath: []).make(Self.self)
    } catch let mismatch as CloneTypeMismatch {
      throw mismatch
    } catch {
      throw CloneTypeMismatch(expected: "\(Self.self) (\(error))", found: value)
    }
  }
}

extension CloneCodec {
  /// Maximum depth to which a `Codable` type is decoded from a value: 100 levels.
  ///
  /// `Codable` recurses on the machine's stack, which may be only 512 KiB.
  public static let maximumCodableDepth = 100
}

/// Swift's `Decoder` for a clone value.
struct ValueDecoder: Decoder {
  let value: CloneValue
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let object) = value else { throw mismatch("object") }
    try placed { () throws(CloneTypeMismatch) in try ConversionBudget.spend(on: .undefined, of: object) }
    return KeyedDecodingContainer(KeyedValueDecoder(object: object, codingPath: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let elements = try placed { () throws(CloneTypeMismatch) in
      try ConversionBudget.convert(value) { (value) throws(CloneTypeMismatch) in try Self.elements(of: value)
      }
    }
    return UnkeyedValueDecoder(elements: elements, codingPath: codingPath)
  }

  private static func elements(of value: CloneValue) throws(CloneTypeMismatch) -> [CloneValue] {
    switch value {
    case .array(let array) where array.isDense: return array.elements
    case .set(let set): return set.members
    case .view(let view): return (0..<view.count).map { view.element(at: $0) ?? .undefined }
    default: throw CloneTypeMismatch(expected: "array", found: value)
    }
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { SingleValueDecoder(decoder: self) }

  func mismatch(_ expected: String) -> CloneTypeMismatch {
    CloneTypeMismatch(expected: expected, found: value, path: codingPath.map { $0.stringValue })
  }

  /// Decodes a standard type, which has no further levels.
  func native<T: CloneDecodable>(_ type: T.Type) throws -> T {
    try placed { () throws(CloneTypeMismatch) in try T.decode(from: value) }
  }

  /// Runs `body` and adds the coding path to its error.
  private func placed<T>(_ body: () throws(CloneTypeMismatch) -> T) throws(CloneTypeMismatch) -> T {
    do throws(CloneTypeMismatch) {
      return try body()
    } catch {
      throw codingPath.reversed().reduce(error) { $0.inside($1.stringValue) }
    }
  }

  /// Decodes a value nested inside another.
  func any<T: Decodable>(_ type: T.Type) throws -> T {
    if type == [UInt8].self, let bytes = try native([UInt8].self) as? T { return bytes }
    if let leaf = type as? any CloneLeaf.Type, let value = try native(leaf) as? T { return value }
    if let remedy = FoundationType.remedy(for: type) { throw mismatch("\(type) (\(remedy))") }
    guard codingPath.count < CloneCodec.maximumCodableDepth else {
      throw mismatch("at most \(CloneCodec.maximumCodableDepth) levels of nesting")
    }
    // Not through `CloneDecodable`, although the type may conform: that would restart the count of levels.
    return try make(type)
  }

  /// Calls the type's own `init(from:)`.
  func make<T: Decodable>(_ type: T.Type) throws -> T {
    do {
      return try T(from: self)
    } catch let error as DecodingError {
      throw error.mismatch(expected: type, found: value)
    } catch let mismatch as CloneTypeMismatch
      where type is any RawRepresentable.Type && mismatch.path.count == codingPath.count
    {
      // An enumeration with raw values: its name says more than `String`.
      throw self.mismatch(String(describing: type))
    }
  }
}

struct SingleValueDecoder: SingleValueDecodingContainer {
  let decoder: ValueDecoder
  var codingPath: [any CodingKey] { decoder.codingPath }

  func decodeNil() -> Bool { decoder.value.isNullish }
  func decode(_ type: Bool.Type) throws -> Bool { try decoder.native(type) }
  func decode(_ type: String.Type) throws -> String { try decoder.native(type) }
  func decode(_ type: Double.Type) throws -> Double { try decoder.native(type) }
  func decode(_ type: Float.Type) throws -> Float { try decoder.native(type) }
  func decode(_ type: Int.Type) throws -> Int { try decoder.native(type) }
  func decode(_ type: Int8.Type) throws -> Int8 { try decoder.native(type) }
  func decode(_ type: Int16.Type) throws -> Int16 { try decoder.native(type) }
  func decode(_ type: Int32.Type) throws -> Int32 { try decoder.native(type) }
  func decode(_ type: Int64.Type) throws -> Int64 { try decoder.native(type) }
  func decode(_ type: UInt.Type) throws -> UInt { try decoder.native(type) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try decoder.native(type) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try decoder.native(type) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try decoder.native(type) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try decoder.native(type) }
  func decode<T: Decodable>(_ type: T.Type) throws -> T { try decoder.any(type) }
}

extension DecodingError {
  /// Converts this error to a mismatch, with the path of its context.
  func mismatch(expected: Any.Type, found: CloneValue) -> CloneTypeMismatch {
    let context: Context?
    switch self {
    case .typeMismatch(_, let its), .valueNotFound(_, let its), .keyNotFound(_, let its),
      .dataCorrupted(let its):
      context = its
    @unknown default:
      context = nil
    }
    return CloneTypeMismatch(
      expected: String(describing: expected), found: found,
      path: context?.codingPath.map { $0.stringValue } ?? [])
  }
}
