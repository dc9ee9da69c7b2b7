// A JavaScript object with native functions.

import CMartletSignal
import CMartletWebProcess

/// A JavaScript object to which native functions are added. The caller releases the object.
struct Functions {
  /// Types of parameters and results.
  static let nothing = martlet_type_none
  static let int = martlet_type_int
  /// Ends at the first NUL; use `value` for texts that may contain one.
  static let string = martlet_type_string
  static var value: UInt { jsc_value_get_type() }

  let object: OpaquePointer
  private let context: OpaquePointer

  init?(in context: OpaquePointer) {
    guard let object = jsc_value_new_object(context, nil, nil) else { return nil }
    self.object = object
    self.context = context
  }

  /// Adds a function whose C form takes `parameters` and then `owner`, which the function keeps alive.
  func add<Owner: AnyObject>(
    _ name: StaticString, _ parameters: [UInt], _ result: UInt, _ function: @escaping GCallback,
    _ owner: Owner
  ) {
    add(name, parameters, result, function, Unmanaged.passRetained(owner).toOpaque()) {
      Unmanaged<AnyObject>.fromOpaque($0!).release()
    }
  }

  func add(
    _ name: StaticString, _ parameters: [UInt], _ result: UInt, _ function: @escaping GCallback,
    _ data: gpointer?, _ destroy: GDestroyNotify?
  ) {
    var types = parameters
    let value = jsc_value_new_functionv(
      context, name.cString, function, data, destroy, result, guint(types.count), &types)
    jsc_value_object_set_property(object, name.cString, value)
    if let value { g_object_unref(UnsafeMutableRawPointer(value)) }
  }
}
