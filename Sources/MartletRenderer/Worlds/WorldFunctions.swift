// The isolated half's native functions for the other worlds of its frame: open a world, run a script in it.

import CMartletWebProcess

/// The data of one frame's functions. It holds neither a context nor the frame. A context held by its own
/// functions would keep every loaded page alive, and FrameWatch waits for the frame's end.
final class WorldFunctions {
  private let frame = UnsafeMutablePointer<GWeakRef>.allocate(capacity: 1)
  private let configuration: Configuration

  private init(_ frame: OpaquePointer, _ configuration: Configuration) {
    self.configuration = configuration
    g_weak_ref_init(self.frame, UnsafeMutableRawPointer(frame))
  }

  deinit {
    g_weak_ref_clear(frame)
    frame.deallocate()
  }

  /// Adds the functions to `object`, which belongs to the isolated world's context of `frame`.
  static func add(to object: Functions, for frame: OpaquePointer, _ configuration: Configuration) {
    let functions = WorldFunctions(frame, configuration)
    object.add(
      "evaluateInWorld", [Functions.int, Functions.value, Functions.string, Functions.value],
      Functions.value, unsafeBitCast(evaluateInWorld, to: GCallback.self), functions)
    object.add(
      "openWorld", [Functions.int], Functions.value, unsafeBitCast(openWorld, to: GCallback.self), functions)
  }

  /// `evaluateInWorld(world, source, uri, failed)`: in another world of this frame, by its number. An
  /// exception belongs to that world, so it is reported as text: `failed(name, text, stack)`, without a name
  /// when it is not an error.
  private static let evaluateInWorld:
    @convention(c) (
      gint, OpaquePointer?, UnsafePointer<CChar>?, OpaquePointer?, gpointer?
    ) -> OpaquePointer? = { world, source, uri, failed, data in
      guard let source, let failed else { return nil }
      return from(data)?.inContext(of: world) { context in
        let value = evaluate(source, in: context, as: uri)
        if let thrown = jsc_context_get_exception(context) { tell(failed, of: thrown, in: context) }
        return value
      }
    }

  /// `openWorld(world)`: the page half of the membrane, evaluated in another world of this frame.
  private static let openWorld: @convention(c) (gint, gpointer?) -> OpaquePointer? = { world, data in
    guard let functions = from(data) else { return nil }
    return functions.inContext(of: world) {
      evaluate(functions.configuration.pageScript, in: $0, as: "martlet:page")
    }
  }

  private static func from(_ data: gpointer?) -> WorldFunctions? {
    data.map { Unmanaged<WorldFunctions>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Calls `body` with the context of a world, which keeps any exception until this returns.
  private func inContext(of id: Int32, _ body: (OpaquePointer) -> OpaquePointer?) -> OpaquePointer? {
    guard let frame = g_weak_ref_get(frame) else { return nil }
    defer { g_object_unref(frame) }
    guard let world = configuration.worlds.world(id),
      let context = webkit_frame_get_js_context_for_script_world(OpaquePointer(frame), world)
    else { return nil }
    defer { g_object_unref(UnsafeMutableRawPointer(context)) }
    jsc_context_push_exception_handler(
      context, { context, exception, _ in jsc_context_throw_exception(context, exception) }, nil, nil)
    defer { jsc_context_pop_exception_handler(context) }
    defer { jsc_context_clear_exception(context) }
    return body(context)
  }

  private static func tell(_ failed: OpaquePointer, of thrown: OpaquePointer, in context: OpaquePointer) {
    g_object_ref(UnsafeMutableRawPointer(thrown))
    defer { g_object_unref(UnsafeMutableRawPointer(thrown)) }
    // Reading an exception calls the script's getters, which may throw; those exceptions are ignored.
    jsc_context_push_exception_handler(context, { _, _, _ in }, nil, nil)
    let name = jsc_exception_get_name(thrown)
    let whole = name == nil ? jsc_exception_to_string(thrown) : nil
    defer { g_free(whole) }
    let texts = [
      name, name == nil ? UnsafePointer(whole) : jsc_exception_get_message(thrown),
      jsc_exception_get_backtrace_string(thrown),
    ]
    jsc_context_pop_exception_handler(context)
    guard let caller = jsc_context_get_current() else { return }
    var arguments: [OpaquePointer?] = texts.map { text in
      text == nil ? jsc_value_new_undefined(caller) : jsc_value_new_string(caller, text)
    }
    if let result = jsc_value_function_callv(failed, guint(arguments.count), &arguments) {
      g_object_unref(UnsafeMutableRawPointer(result))
    }
    for argument in arguments where argument != nil { g_object_unref(UnsafeMutableRawPointer(argument!)) }
  }
}
