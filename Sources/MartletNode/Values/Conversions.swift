// The types that cross between Swift and JavaScript, each with its own conversion.

internal import CMartletNode
internal import MartletClone

/// A type that JavaScript can give.
protocol FromNode {
  /// - Throws: `ConversionError` for a value of another type.
  static func from(_ value: NodeValue) throws -> Self
}

/// A type that JavaScript can get.
protocol ToNode {
  func toNode() throws -> NodeValue
}

/// A JavaScript value is not of the type that a member takes.
struct ConversionError: Error, CustomStringConvertible {
  var path: [String]
  let expected: String
  let found: String

  @MainActor init(_ expected: String, _ value: NodeValue) {
    path = []
    self.expected = expected
    found = value.summary
  }

  /// The error as that of a member of the value that has it.
  func within(_ member: String) -> ConversionError {
    var error = self
    error.path.insert(member, at: 0)
    return error
  }

  var description: String { "\(path.joined(separator: ".")): expected \(expected), got \(found)" }
}

extension Bool: FromNode, ToNode {
  /// Any value: its truth counts, as in Electron.
  static func from(_ value: NodeValue) throws -> Bool {
    switch value.type {
    case napi_boolean:
      var flag = false
      napi_get_value_bool(Node.environment, value.raw, &flag)
      return flag
    case napi_undefined, napi_null: return false
    case napi_number:
      let number = try Double.from(value)
      return number != 0 && !number.isNaN
    case napi_string: return !value.text.isEmpty
    default: return true
    }
  }

  func toNode() -> NodeValue { .certain { napi_get_boolean(Node.environment, self, $0) } }
}

extension Double: FromNode, ToNode {
  static func from(_ value: NodeValue) throws -> Double {
    var number = 0.0
    guard napi_get_value_double(Node.environment, value.raw, &number) == napi_ok else {
      throw ConversionError("a number", value)
    }
    return number
  }

  func toNode() -> NodeValue { .certain { napi_create_double(Node.environment, self, $0) } }
}

extension Int: FromNode, ToNode {
  /// A finite number; a fraction is cut off.
  static func from(_ value: NodeValue) throws -> Int {
    guard let number = try? Double.from(value), let whole = Int(exactly: number.rounded(.towardZero)) else {
      throw ConversionError("a whole number", value)
    }
    return whole
  }

  func toNode() -> NodeValue { Double(self).toNode() }
}

extension Int32: FromNode, ToNode {
  static func from(_ value: NodeValue) throws -> Int32 {
    guard let number = try? Int.from(value), let short = Int32(exactly: number) else {
      throw ConversionError("a whole number of 32 bits", value)
    }
    return short
  }

  func toNode() -> NodeValue { Double(self).toNode() }
}

extension String: FromNode, ToNode {
  static func from(_ value: NodeValue) throws -> String {
    guard value.type == napi_string else { throw ConversionError("a string", value) }
    return value.text
  }

  func toNode() -> NodeValue {
    var text = self
    return text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        .certain {
          napi_create_string_utf8(Node.environment, characters.baseAddress, characters.count, $0)
        }
      }
    }
  }
}

extension Optional: FromNode where Wrapped: FromNode {
  static func from(_ value: NodeValue) throws -> Wrapped? {
    value.isNullish ? nil : try Wrapped.from(value)
  }
}

extension Optional: ToNode where Wrapped: ToNode {
  func toNode() throws -> NodeValue { try self?.toNode() ?? .null }
}

extension Array: FromNode where Element: FromNode {
  static func from(_ value: NodeValue) throws -> [Element] {
    guard value.isArray else { throw ConversionError("an array", value) }
    return try value.elements().enumerated().map { index, element in
      do { return try Element.from(element) } catch let error as ConversionError {
        throw error.within("\(index)")
      }
    }
  }
}

extension Array: ToNode where Element: ToNode {
  func toNode() throws -> NodeValue {
    let array = NodeValue.certain { napi_create_array_with_length(Node.environment, count, $0) }
    for (index, element) in enumerated() {
      napi_set_element(Node.environment, array.raw, UInt32(index), try element.toNode().raw)
    }
    return array
  }
}

extension NodeValue: FromNode, ToNode {
  static func from(_ value: NodeValue) -> NodeValue { value }
  func toNode() -> NodeValue { self }
}

/// A value in V8's wire format, which Node's `v8.Serializer` writes and its `v8.Deserializer` reads.
struct SerializedValue: FromNode, ToNode {
  let bytes: [UInt8]

  init(_ value: CloneValue) throws { bytes = try CloneCodec.encode(value) }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  static func from(_ value: NodeValue) throws -> SerializedValue {
    var start: UnsafeMutableRawPointer?
    var count = 0
    guard napi_get_buffer_info(Node.environment, value.raw, &start, &count) == napi_ok else {
      throw ConversionError("a Buffer", value)
    }
    return SerializedValue(bytes: [UInt8](UnsafeRawBufferPointer(start: start, count: count)))
  }

  func toNode() -> NodeValue { .bytes(bytes) }

  func value() throws -> CloneValue { try CloneCodec.decode(bytes) }
}

/// An object with these members, in order.
struct NodeRecord: ToNode {
  private let members: KeyValuePairs<String, any ToNode>

  init(_ members: KeyValuePairs<String, any ToNode>) { self.members = members }

  func toNode() throws -> NodeValue {
    let object = NodeValue.object()
    for (name, member) in members { object.set(name, try member.toNode()) }
    return object
  }
}
