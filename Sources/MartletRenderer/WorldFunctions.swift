// The native functions of the isolated half for the other worlds of its frame: open a world, run a script in it.

import CWebProcess

/// What the functions of one frame know. It holds neither a context, for one that is held by its own functions would
/// keep every page that was ever loaded alive, nor the frame, whose end FrameWatch waits for.
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

  /// Adds the functions to `object`, of the isolated world's context of `frame`.
  static func add(to object: Functions, for frame: OpaquePointer, _ configuration: Configuration) {
    let functions = WorldFunctions(frame, configuration)
    object.add(
      "evaluateInWorld", [Functions.int, Functions.string, Functions.string], jsc_value_get_type(),
      unsafeBitCast(evaluateInWorld, to: GCallback.self), functions)
    object.add(
      "openWorld", [Functions.int], jsc_value_get_type(), unsafeBitCast(openWorld, to: GCallback.self),
      functions)
  }

  /// `evaluateInWorld(world, source, uri)`: in another world of this frame, by its number.
  private static let evaluateInWorld:
    @convention(c) (gint, UnsafePointer<CChar>?, UnsafePointer<CChar>?, gpointer?) -> OpaquePointer? = {
      world, source, uri, data in
      from(data)?.evaluate(source, -1, uri, in: world)
    }

  /// `openWorld(world)`: the page half of the membrane, evaluated in another world of this frame.
  private static let openWorld: @convention(c) (gint, gpointer?) -> OpaquePointer? = { world, data in
    guard let functions = from(data) else { return nil }
    let half = functions.configuration.pageScript
    let name: StaticString = "martlet:page"
    return name.withUTF8Buffer { name in
      name.withMemoryRebound(to: CChar.self) {
        functions.evaluate(half.start, gssize(half.length), $0.baseAddress, in: world)
      }
    }
  }

  private static func from(_ data: gpointer?) -> WorldFunctions? {
    data.map { Unmanaged<WorldFunctions>.fromOpaque($0).takeUnretainedValue() }
  }

  /// An exception arrives as a plain error of the caller's world with the original's name and text, for the object
  /// itself belongs to the other world.
  private func evaluate(
    _ source: UnsafePointer<CChar>?, _ length: gssize, _ uri: UnsafePointer<CChar>?, in id: Int32
  ) -> OpaquePointer? {
    guard let frame = g_weak_ref_get(frame) else { return nil }
    defer { g_object_unref(frame) }
    guard let caller = jsc_context_get_current(), let world = configuration.worlds.world(id),
      let context = webkit_frame_get_js_context_for_script_world(OpaquePointer(frame), world)
    else { return nil }
    defer { g_object_unref(UnsafeMutableRawPointer(context)) }
    jsc_context_push_exception_handler(
      context, { context, exception, _ in jsc_context_throw_exception(context, exception) }, nil, nil)
    defer { jsc_context_pop_exception_handler(context) }
    let value = jsc_context_evaluate_with_source_uri(context, source, length, uri, 1)
    if let exception = jsc_context_get_exception(context) {
      jsc_context_throw_with_name(
        caller, jsc_exception_get_name(exception), jsc_exception_get_message(exception))
      jsc_context_clear_exception(context)
      if let value { g_object_unref(UnsafeMutableRawPointer(value)) }
      return nil
    }
    return value
  }
}
