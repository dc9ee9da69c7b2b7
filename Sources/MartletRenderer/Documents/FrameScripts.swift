// Injects the bridge into a frame when its document begins. The isolated half receives the page half's
// reference and the native functions. No script of this document has run yet.

import CMartletWebProcess

enum FrameScripts {
  static func install(in frame: OpaquePointer, of webPage: OpaquePointer, _ configuration: Configuration) {
    // A script may have accessed a frame's initial empty document. Then its window is reused for the first
    // loaded document, which would find a bridge in it. The initial document has no address; `about:blank`
    // has one.
    guard !isEmpty(webkit_frame_get_uri(frame)),
      let isolated = webkit_frame_get_js_context_for_script_world(frame, configuration.world)
    else { return }
    defer { g_object_unref(UnsafeMutableRawPointer(isolated)) }
    guard let pageHalf = PageHalf.prepared(in: frame, configuration) else { return }
    jsc_context_push_exception_handler(isolated, report, nil, nil)
    defer { jsc_context_pop_exception_handler(isolated) }

    guard let facts = FrameFacts(of: frame, in: isolated, among: configuration.frames),
      let boot = evaluate(configuration.isolatedScript, in: isolated, as: "martlet:preload")
    else { return }
    defer { g_object_unref(UnsafeMutableRawPointer(boot)) }
    guard jsc_value_is_function(boot) != 0 else {
      warn("Martlet: the bridge script is not a function")
      return
    }
    guard let native = Functions(in: isolated) else { return }
    NativeFunctions.add(to: native)
    WorldFunctions.add(to: native, for: frame, configuration)
    let isUnseen = isUnseen(frame)
    let lanes = DocumentLanes()
    LaneFunctions.add(to: native, holding: lanes)
    FrameWatch.watch(frame, for: lanes)
    let name = Announcement.send(
      facts, of: webPage, lane: configuration.usesLane ? lanes : nil)
    var arguments: [OpaquePointer?] = [
      native.object, pageHalf, jsc_value_new_string(isolated, configuration.key.start),
      jsc_value_new_number(isolated, Double(name)), jsc_value_new_boolean(isolated, isUnseen ? 1 : 0),
    ]
    if let result = jsc_value_function_callv(boot, guint(arguments.count), &arguments) {
      g_object_unref(UnsafeMutableRawPointer(result))
    }
    g_object_unref(UnsafeMutableRawPointer(native.object))
    for value in arguments[2...] where value != nil { g_object_unref(UnsafeMutableRawPointer(value)) }
  }

  /// Whether the first document of a subframe begins in a window that may have existed before, unseen. Only
  /// `about:blank` is loaded before a page can access the window.
  private static func isUnseen(_ frame: OpaquePointer) -> Bool {
    webkit_frame_is_main_frame(frame) == 0 && !FrameWatch.hasDocument(frame)
      && !PageHalf.hasSeenFirstWindow(of: frame)
      && !isEqual(webkit_frame_get_uri(frame), "about:blank")
  }

  private static func isEqual(_ text: UnsafePointer<CChar>?, _ other: StaticString) -> Bool {
    g_strcmp0(text, other.cString) == 0
  }
}

func isEmpty(_ text: UnsafePointer<CChar>?) -> Bool { text == nil || text![0] == 0 }

func evaluate(_ script: Text, in context: OpaquePointer, as uri: StaticString) -> OpaquePointer? {
  jsc_context_evaluate_with_source_uri(context, script.start, gssize(script.length), uri.cString, 1)
}

/// Logs an exception of one of our scripts.
let report: JSCExceptionHandler = { _, exception, _ in
  guard let exception, let text = jsc_exception_report(exception) else { return }
  warn(text)
  g_free(text)
}
