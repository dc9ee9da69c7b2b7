// The functions that the isolated half of the bridge gets and nobody else: compile a script under its own file
// name, in the preload's world or in the page's; read how much memory this process has.

import CWebProcess

enum NativeFunctions {
  /// Adds the functions to `object`, in the isolated world's context of `frame`.
  ///
  /// The functions hold the frame, never a context: a context that is held by one of its own functions would
  /// keep every page that was ever loaded alive.
  static func add(to object: Functions, for frame: OpaquePointer) {
    add("evaluate", to: object, calling: evaluateHere, holding: frame)
    add("evaluateInPage", to: object, calling: evaluateInPage, holding: frame)
    object.add(
      "readMemory", [], jsc_value_get_type(), unsafeBitCast(readMemory, to: GCallback.self), nil, nil)
  }

  private typealias Evaluate =
    @convention(c) (UnsafePointer<CChar>?, UnsafePointer<CChar>?, gpointer?) -> OpaquePointer?

  /// `evaluate(source, uri)`: in the caller's own world. Exceptions are the script's own.
  private static let evaluateHere: Evaluate = { source, uri, _ in
    guard let context = jsc_context_get_current() else { return nil }
    jsc_context_push_exception_handler(
      context, { context, exception, _ in jsc_context_throw_exception(context, exception) }, nil, nil)
    let value = jsc_context_evaluate_with_source_uri(context, source, -1, uri, 1)
    jsc_context_pop_exception_handler(context)
    return value
  }

  /// `evaluateInPage(source, uri)`: in the page's world. An exception arrives as a plain error of the caller's
  /// world with the original's name and text, for the object itself belongs to the page.
  private static let evaluateInPage: Evaluate = { source, uri, frame in
    guard let frame, let context = jsc_context_get_current(),
      let page = webkit_frame_get_js_context_for_script_world(
        OpaquePointer(frame), webkit_script_world_get_default())
    else { return nil }
    defer { g_object_unref(UnsafeMutableRawPointer(page)) }
    jsc_context_push_exception_handler(
      page, { page, exception, _ in jsc_context_throw_exception(page, exception) }, nil, nil)
    defer { jsc_context_pop_exception_handler(page) }
    let value = jsc_context_evaluate_with_source_uri(page, source, -1, uri, 1)
    if let exception = jsc_context_get_exception(page) {
      jsc_context_throw_with_name(
        context, jsc_exception_get_name(exception), jsc_exception_get_message(exception))
      jsc_context_clear_exception(page)
      if let value { g_object_unref(UnsafeMutableRawPointer(value)) }
      return nil
    }
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
    _ name: StaticString, to object: Functions, calling function: Evaluate, holding frame: OpaquePointer
  ) {
    let string: UInt = 16 << 2  // G_TYPE_STRING: a macro with a cast, which does not import.
    object.add(
      name, [string, string], jsc_value_get_type(), unsafeBitCast(function, to: GCallback.self),
      g_object_ref(UnsafeMutableRawPointer(frame))
    ) { g_object_unref($0) }
  }
}
