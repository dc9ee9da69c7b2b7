// The functions that the isolated half of the bridge gets and nobody else: compile a script under its own file
// name, in the preload's world; read how much memory this process has. (For other worlds: WorldFunctions.)

import CWebProcess

enum NativeFunctions {
  /// Adds the functions to `object`, of an isolated world's context.
  static func add(to object: Functions) {
    object.add(
      "evaluate", [Functions.string, Functions.string], jsc_value_get_type(),
      unsafeBitCast(evaluateHere, to: GCallback.self), nil, nil)
    object.add(
      "readMemory", [], jsc_value_get_type(), unsafeBitCast(readMemory, to: GCallback.self), nil, nil)
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
}
