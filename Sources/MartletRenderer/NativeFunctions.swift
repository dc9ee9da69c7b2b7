// The functions that the isolated half of the bridge gets and nobody else: compile a script under its own file
// name, in the preload's world; read how much memory this process has. (For other worlds: WorldFunctions.)

import CWebProcess

enum NativeFunctions {
  /// An object with the native functions, for the isolated world's context of `frame`.
  ///
  /// The functions hold the frame, never a context: a context that is held by one of its own functions would
  /// keep every page that was ever loaded alive.
  static func make(in isolated: OpaquePointer, for frame: OpaquePointer) -> OpaquePointer? {
    let object = jsc_value_new_object(isolated, nil, nil)
    let string: UInt = 16 << 2  // G_TYPE_STRING: a macro with a cast, which does not import.
    add(
      "evaluate", [string, string], to: object, in: isolated, holding: frame,
      unsafeBitCast(evaluateHere, to: GCallback.self))
    add(
      "readMemory", [], to: object, in: isolated, holding: frame,
      unsafeBitCast(readMemory, to: GCallback.self))
    return object
  }

  /// `evaluate(source, uri)`: in the caller's own world. Exceptions are the script's own.
  private static let evaluateHere:
    @convention(c) (UnsafePointer<CChar>?, UnsafePointer<CChar>?, gpointer?) -> OpaquePointer? = {
      source, uri, _ in
      guard let context = jsc_context_get_current() else { return nil }
      jsc_context_push_exception_handler(
        context, { context, exception, _ in jsc_context_throw_exception(context, exception) }, nil, nil)
      let value = jsc_context_evaluate_with_source_uri(context, source, -1, uri, 1)
      jsc_context_pop_exception_handler(context)
      return value
    }

  /// `readMemory()`: the kernel's account of this process, as text. The sandbox shows a process its own /proc.
  private static let readMemory: @convention(c) (gpointer?) -> OpaquePointer? = { _ in
    guard let context = jsc_context_get_current() else { return nil }
    var text: UnsafeMutablePointer<CChar>?
    g_file_get_contents("/proc/self/smaps_rollup", &text, nil, nil)
    defer { g_free(text) }
    return jsc_value_new_string(context, text)
  }

  private static func add(
    _ name: StaticString, _ types: [UInt], to object: OpaquePointer?, in context: OpaquePointer,
    holding frame: OpaquePointer, _ function: GCallback
  ) {
    var parameters = types
    name.withUTF8Buffer { characters in
      characters.withMemoryRebound(to: CChar.self) { name in
        let value = jsc_value_new_functionv(
          context, name.baseAddress, function, g_object_ref(UnsafeMutableRawPointer(frame)),
          { g_object_unref($0) },
          jsc_value_get_type(), guint(types.count), &parameters)
        jsc_value_object_set_property(object, name.baseAddress, value)
        if let value { g_object_unref(UnsafeMutableRawPointer(value)) }
      }
    }
  }
}
