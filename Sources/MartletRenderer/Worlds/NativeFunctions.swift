// Native functions for the isolated half of the bridge only: compiling a script under its own file name in
// the preload's world, and reading this process's memory use. (For other worlds: WorldFunctions.)

import CMartletWebProcess

enum NativeFunctions {
  /// Adds the functions to `object`, which belongs to an isolated world's context.
  static func add(to object: Functions) {
    object.add(
      "evaluate", [Functions.value, Functions.string], Functions.value,
      unsafeBitCast(evaluateHere, to: GCallback.self), nil, nil)
    object.add(
      "readMemory", [], Functions.value, unsafeBitCast(readMemory, to: GCallback.self), nil, nil)
  }

  /// `evaluate(source, uri)`: in the caller's own world. Exceptions of the script reach the caller.
  private static let evaluateHere:
    @convention(c) (OpaquePointer?, UnsafePointer<CChar>?, gpointer?) -> OpaquePointer? = { source, uri, _ in
      guard let context = jsc_context_get_current() else { return nil }
      jsc_context_push_exception_handler(
        context, { context, exception, _ in jsc_context_throw_exception(context, exception) }, nil, nil)
      defer { jsc_context_pop_exception_handler(context) }
      return source.flatMap { evaluate($0, in: context, as: uri) }
    }

  /// `readMemory()`: the kernel's account of this process, as text. In the sandbox a process can read its own
  /// /proc.
  /// /proc.
  private static let readMemory: @convention(c) (gpointer?) -> OpaquePointer? = { _ in
    guard let context = jsc_context_get_current() else { return nil }
    var text: UnsafeMutablePointer<CChar>?
    g_file_get_contents("/proc/self/smaps_rollup", &text, nil, nil)
    defer { g_free(text) }
    return jsc_value_new_string(context, text)
  }
}

/// Evaluates the text of a JavaScript string, which may contain NULs.
func evaluate(_ source: OpaquePointer, in context: OpaquePointer, as uri: UnsafePointer<CChar>?)
  -> OpaquePointer?
{
  guard let bytes = jsc_value_to_string_as_bytes(source) else { return nil }
  defer { g_bytes_unref(bytes) }
  var length: gsize = 0
  let start = g_bytes_get_data(bytes, &length)?.assumingMemoryBound(to: CChar.self)
  return jsc_context_evaluate_with_source_uri(context, start, gssize(length), uri, 1)
}
