// The facts about a frame that the main process gets when a document begins. Native code reads them in the
// preload's world before any script, so neither the page nor a preload can change them.

import CMartletWebProcess
import CMartletWire

struct FrameFacts {
  /// WebKit's id of the frame, the same for all of its documents.
  let frame: guint64
  let isMainFrame: Bool
  /// WebKit's id of the parent frame; 0 for a main frame.
  let parent: guint64
  /// The document's URL, its origin (`null` for an opaque one) and `window.name`; the reader frees them.
  let url: UnsafeMutablePointer<CChar>?
  let origin: UnsafeMutablePointer<CChar>?
  let name: UnsafeMutablePointer<CChar>?

  // The main process keeps the texts as long as the frame, so they are cut at a limit. The main process
  // refuses a cut address: such a document gets no bridge.

  /// Nil when `isolated`, the frame's context in the preload's world, cannot run a script.
  init?(of frame: OpaquePointer, in isolated: OpaquePointer, among frames: KnownFrames) {
    guard let facts = evaluate("[location.href, self.origin, self.name]", in: isolated) else { return nil }
    defer { g_object_unref(UnsafeMutableRawPointer(facts)) }
    self.frame = webkit_frame_get_id(frame)
    isMainFrame = webkit_frame_is_main_frame(frame) != 0
    parent = isMainFrame ? 0 : frames.parent(of: isolated)
    url = text(0, of: facts, limit: Int(MARTLET_ADDRESS_LIMIT))
    origin = text(1, of: facts, limit: Int(MARTLET_ADDRESS_LIMIT))
    name = text(2, of: facts, limit: Int(MARTLET_FRAME_NAME_LIMIT))
    frames.add(self.frame, isolated)
  }
}

/// The frames of this process, by their window in the preload's world. WebKit has no API for a frame's
/// parent. In that world `parent` is the parent's window, whatever its origin, and pages cannot change it.
final class KnownFrames {
  /// One JSCWeakValue each: a strong reference to a window would keep its page alive.
  private var frames: [(id: guint64, window: OpaquePointer)] = []

  func add(_ id: guint64, _ context: OpaquePointer) {
    guard let window = jsc_context_get_global_object(context) else { return }
    defer { g_object_unref(UnsafeMutableRawPointer(window)) }
    remove(id)
    if let weak = jsc_weak_value_new(window) { frames.append((id, weak)) }
  }

  /// The id of the frame whose window is the `parent` of `context`; 0 when it is unknown.
  func parent(of context: OpaquePointer) -> guint64 {
    guard let isParent = evaluate("(window => window === parent)", in: context) else { return 0 }
    defer { g_object_unref(UnsafeMutableRawPointer(isParent)) }
    var gone: [guint64] = []
    var found: guint64 = 0
    for frame in frames where found == 0 {
      guard let window = jsc_weak_value_get_value(frame.window) else {
        gone.append(frame.id)
        continue
      }
      var arguments: [OpaquePointer?] = [window]
      if let answer = jsc_value_function_callv(isParent, 1, &arguments) {
        if jsc_value_to_boolean(answer) != 0 { found = frame.id }
        g_object_unref(UnsafeMutableRawPointer(answer))
      }
      g_object_unref(UnsafeMutableRawPointer(window))
    }
    for id in gone { remove(id) }
    return found
  }

  private func remove(_ id: guint64) {
    for index in frames.indices where frames[index].id == id {
      g_object_unref(UnsafeMutableRawPointer(frames.remove(at: index).window))
      return
    }
  }
}

private func evaluate(_ script: StaticString, in context: OpaquePointer) -> OpaquePointer? {
  jsc_context_evaluate(context, script.cString, gssize(script.utf8CodeUnitCount))
}

/// An array element as UTF-8.
private func text(_ index: guint, of array: OpaquePointer, limit: Int) -> UnsafeMutablePointer<CChar>? {
  guard let item = jsc_value_object_get_property_at_index(array, index) else { return g_strdup("") }
  defer { g_object_unref(UnsafeMutableRawPointer(item)) }
  let text = jsc_value_to_string(item)
  defer { g_free(text) }
  return cut(text, to: limit)
}
