// The page half of the membrane, and the guard of its realm, in every window of the page's world: evaluated
// as the window comes into being, so that no script can have changed what they capture. Frames begin with an
// empty document, whose window a page may have changed before WebKit gives it to the first document that is
// loaded; so it has them, too.

import CMartletWebProcess

enum PageHalf {
  private static let key: StaticString = "martlet-page-half"
  private static let seenKey: StaticString = "martlet-first-window"

  /// What the page half evaluated to in the window that `frame` has in the page's world; the frame keeps it.
  /// Nil when no script can run there.
  static func prepared(in frame: OpaquePointer, _ configuration: Configuration) -> OpaquePointer? {
    // Asking for the context may make the window, and call this from inside.
    guard let context = webkit_frame_get_js_context_for_script_world(frame, webkit_script_world_get_default())
    else { return nil }
    defer { g_object_unref(UnsafeMutableRawPointer(context)) }
    if let known = known(in: frame), jsc_value_get_context(known) == context { return known }
    jsc_context_push_exception_handler(context, report, nil, nil)
    defer { jsc_context_pop_exception_handler(context) }
    guard let half = evaluate(configuration.pageScript, in: context, as: "martlet:page") else { return nil }
    setObjectData(key, of: frame, UnsafeMutableRawPointer(half)) { g_object_unref($0) }
    if isEmpty(webkit_frame_get_uri(frame)) {
      setObjectData(seenKey, of: frame, UnsafeMutableRawPointer(frame), nil)
    }
    return half
  }

  /// Whether `frame` was seen with the empty document that it began with: when it had a window, and might run
  /// scripts.
  static func hasSeenFirstWindow(of frame: OpaquePointer) -> Bool {
    objectData(seenKey, of: frame) != nil
  }

  private static func known(in frame: OpaquePointer) -> OpaquePointer? {
    OpaquePointer(objectData(key, of: frame))
  }
}
