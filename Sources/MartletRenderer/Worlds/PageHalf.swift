// The page half of the membrane, and the guard of its realm, in every window of the page's world. They are
// evaluated when the window is created, so that no script can have changed what they capture. Frames begin
// with an empty document. A page may change its window before WebKit reuses it for the first loaded document,
// so they are evaluated there too.

import CMartletWebProcess

enum PageHalf {
  private static let key: StaticString = "martlet-page-half"
  private static let seenKey: StaticString = "martlet-first-window"

  /// The page half's value in `frame`'s window of the page's world, kept by the frame. Nil when scripts
  /// cannot run there.
  static func prepared(in frame: OpaquePointer, _ configuration: Configuration) -> OpaquePointer? {
    // Requesting the context may create the window, and call this function re-entrantly.
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

  /// Whether the window of `frame`'s initial empty document was seen here, at a time when scripts could run
  /// in it.
  static func hasSeenFirstWindow(of frame: OpaquePointer) -> Bool {
    objectData(seenKey, of: frame) != nil
  }

  private static func known(in frame: OpaquePointer) -> OpaquePointer? {
    OpaquePointer(objectData(key, of: frame))
  }
}
