// Values of Node's JavaScript engine, in place of Node-API's pointers.

internal import CMartletNode

/// The JavaScript environment of the process's main thread.
enum Node {
  /// Set once, when Node loads the addon.
  static var environment: napi_env!
}

/// A JavaScript value. It is valid until the native call or the `NodeScope` that made it ends.
struct NodeValue {
  let raw: napi_value?

  init(_ raw: napi_value?) { self.raw = raw }

  /// The value that `make` stores, or a pending exception.
  static func made(_ make: (UnsafeMutablePointer<napi_value?>) -> napi_status) throws(PendingException)
    -> NodeValue
  {
    var value: napi_value?
    guard make(&value) == napi_ok else { throw PendingException() }
    return NodeValue(value)
  }

  /// The value of a call that fails only without memory, which ends Node itself.
  static func certain(_ make: (UnsafeMutablePointer<napi_value?>) -> napi_status) -> NodeValue {
    var value: napi_value?
    _ = make(&value)
    return NodeValue(value)
  }

  static var undefined: NodeValue { certain { napi_get_undefined(Node.environment, $0) } }
  static var null: NodeValue { certain { napi_get_null(Node.environment, $0) } }
  static func object() -> NodeValue { certain { napi_create_object(Node.environment, $0) } }

  static func bytes(_ bytes: [UInt8]) -> NodeValue {
    bytes.withUnsafeBytes { bytes in
      certain { napi_create_buffer_copy(Node.environment, bytes.count, bytes.baseAddress, nil, $0) }
    }
  }

  /// The type that `typeof` reports; null has one of its own.
  var type: napi_valuetype {
    guard let raw else { return napi_undefined }
    var type: napi_valuetype = 0
    napi_typeof(Node.environment, raw, &type)
    return type
  }

  var isNullish: Bool { type == napi_undefined || type == napi_null }
  var isObject: Bool { type == napi_object || type == napi_function }

  var isArray: Bool {
    var isArray = false
    napi_is_array(Node.environment, raw, &isArray)
    return isArray
  }

  // MARK: Members

  /// The value of a property. A getter may throw.
  func get(_ name: String) throws(PendingException) -> NodeValue {
    try .made { napi_get_named_property(Node.environment, raw, name, $0) }
  }

  func set(_ name: String, _ value: NodeValue) {
    napi_set_named_property(Node.environment, raw, name, value.raw)
  }

  /// The elements of an array.
  func elements() throws(PendingException) -> [NodeValue] {
    var count: UInt32 = 0
    napi_get_array_length(Node.environment, raw, &count)
    var elements: [NodeValue] = []
    for index in 0..<count {
      elements.append(try .made { napi_get_element(Node.environment, raw, index, $0) })
    }
    return elements
  }

  // MARK: Calls

  /// Calls this function from a native call of JavaScript's.
  func call(_ arguments: [NodeValue]) throws(PendingException) -> NodeValue {
    let arguments = arguments.map(\.raw)
    return try .made {
      napi_call_function(Node.environment, NodeValue.undefined.raw, raw, arguments.count, arguments, $0)
    }
  }

  /// The value as a message shows it: its type, and the start of a primitive.
  var summary: String {
    switch type {
    case napi_string: "string '\(text.prefix(40))'"
    case napi_number, napi_boolean, napi_bigint: "\(asText)"
    case napi_undefined: "undefined"
    case napi_null: "null"
    case napi_function: "a function"
    case napi_symbol: "a symbol"
    default: isArray ? "an array" : "an object"
    }
  }

  private var asText: String {
    NodeValue.certain { napi_coerce_to_string(Node.environment, raw, $0) }.text
  }

  /// The text of a string; lone surrogates become U+FFFD.
  var text: String {
    var length = 0
    napi_get_value_string_utf8(Node.environment, raw, nil, 0, &length)
    return String(unsafeUninitializedCapacity: length + 1) { buffer in
      buffer.withMemoryRebound(to: CChar.self) { characters in
        var count = 0
        napi_get_value_string_utf8(Node.environment, raw, characters.baseAddress, length + 1, &count)
        return count
      }
    }
  }
}

/// A JavaScript exception is pending in Node, which throws it when the native call returns.
struct PendingException: Error {}

/// Runs `body` and frees the handles that it makes. For native code that JavaScript has not called.
func withNodeScope<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
  var scope: napi_handle_scope?
  napi_open_handle_scope(Node.environment, &scope)
  defer { napi_close_handle_scope(Node.environment, scope) }
  return try body()
}
