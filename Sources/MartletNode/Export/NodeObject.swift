// Swift objects and their JavaScript objects: one for one, both ways.

internal import CMartletNode

/// A class whose instances JavaScript sees as instances of a class with a table.
protocol NodeObject: AnyObject, FromNode, ToNode {
  static var table: AnyClassTable { get }
  /// Whether the object was destroyed: its members throw then.
  var isDestroyed: Bool { get }
  /// Electron's text of that error.
  static var destroyedMessage: String { get }
}

/// A member of an object was used after the object was destroyed.
struct DestroyedError: Error, CustomStringConvertible {
  let message: String

  var description: String { message }
}

extension NodeObject {
  var isDestroyed: Bool { false }
  static var destroyedMessage: String { "Object has been destroyed" }

  static func from(_ value: NodeValue) throws -> Self {
    guard let object = NodeObjects.object(of: value) as? Self else {
      throw ConversionError("a \(table.name)", value)
    }
    return object
  }

  func toNode() throws -> NodeValue { try NodeObjects.value(of: self) }
}

enum NodeObjects {
  /// The JavaScript object of each Swift object that has one.
  private static var references: [ObjectIdentifier: napi_ref] = [:]
  /// The JavaScript object whose constructor is running, and its class. The first new Swift object of that
  /// class is its own.
  private static var constructing: (table: AnyClassTable, object: NodeValue)?

  private final class Box {
    let object: AnyObject
    var reference: napi_ref?

    init(_ object: AnyObject) { self.object = object }
  }

  /// Marks the objects that have a `Box`, so that no other addon's is taken for one.
  private static var tag = napi_type_tag(lower: 0x6d61_7274_6c65_7400, upper: 0x6e6f_6465_2d6f_626a)

  /// The Swift object of a JavaScript object; nil for any other value.
  static func object(of value: NodeValue) -> AnyObject? {
    var isOurs = false
    guard value.isObject, napi_check_object_type_tag(Node.environment, value.raw, &tag, &isOurs) == napi_ok,
      isOurs
    else { return nil }
    var data: UnsafeMutableRawPointer?
    napi_unwrap(Node.environment, value.raw, &data)
    return data.map { Unmanaged<Box>.fromOpaque($0).takeUnretainedValue().object }
  }

  /// The JavaScript object of a Swift object, made when it has none.
  static func value<Object: NodeObject>(of object: Object) throws -> NodeValue {
    if let known = references[ObjectIdentifier(object)] {
      let value = NodeValue.certain { napi_get_reference_value(Node.environment, known, $0) }
      if value.raw != nil { return value }
    }
    if let waiting = constructing, waiting.table === Object.table {
      constructing = nil
      wrap(object, in: waiting.object)
      return waiting.object
    }
    let value = try NodeCallback.callDirectly("instantiate", [Object.table.name.toNode()])
    wrap(object, in: value)
    return value
  }

  /// Makes a Swift object for the JavaScript object whose constructor is running.
  static func construct<Object: NodeObject>(_ value: NodeValue, _ make: () throws -> Object) throws -> Object
  {
    let outer = constructing
    constructing = (Object.table, value)
    defer { constructing = outer }
    let object = try make()
    _ = try Self.value(of: object)
    return object
  }

  /// Keeps the JavaScript object alive, with the listeners and properties that the app gave it.
  static func hold(_ object: AnyObject) {
    guard let reference = references[ObjectIdentifier(object)] else { return }
    napi_reference_ref(Node.environment, reference, nil)
  }

  /// Undoes one `hold`.
  static func release(_ object: AnyObject) {
    guard let reference = references[ObjectIdentifier(object)] else { return }
    napi_reference_unref(Node.environment, reference, nil)
  }

  private static func wrap(_ object: some NodeObject, in value: NodeValue) {
    let box = Box(object)
    let data = Unmanaged.passRetained(box).toOpaque()
    napi_type_tag_object(Node.environment, value.raw, &tag)
    napi_wrap(
      Node.environment, value.raw, data,
      { _, data, _ in
        nonisolated(unsafe) let data = data!
        MainActor.assumeIsolated { NodeObjects.finalize(Unmanaged<Box>.fromOpaque(data)) }
      }, nil, &box.reference)
    references[ObjectIdentifier(object)] = box.reference
  }

  /// The JavaScript object is garbage. Its Swift object may have got another one meanwhile.
  private static func finalize(_ box: Unmanaged<Box>) {
    let ended = box.takeRetainedValue()
    let id = ObjectIdentifier(ended.object)
    if references[id] == ended.reference { references[id] = nil }
    napi_delete_reference(Node.environment, ended.reference)
  }
}
