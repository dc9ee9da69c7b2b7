// What the main process is told of a frame as a document of it begins. Read by native code in the preload's
// world, where no page script can have put anything: neither the page nor a preload has a say in it.

import CMartletWebProcess
import CMartletWire

struct FrameFacts {
  /// WebKit's number of the frame, the same for all of its documents.
  let frame: guint64
  let isMainFrame: Bool
  /// The number of the frame that it is in; 0 for a main frame.
  let parent: guint64
  /// Where the document is from, its origin (`null` for an opaque one) and `window.name`: whoever reads them
  /// frees them.
  let url: UnsafeMutablePointer<CChar>?
  let origin: UnsafeMutablePointer<CChar>?
  let name: UnsafeMutablePointer<CChar>?

  // The main process keeps the texts for as long as the frame is there, so what is longer than a limit is cut. An address
  // that was cut is none to it: such a document gets no bridge.

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

/// The frames of this process, by the window that the preload's world has of each. WebKit has no call for a
/// frame's parent; but in that world `parent` is the parent's window there, of whatever origin it is, and no
/// page can change it.
final class KnownFrames {
  /// A JSCWeakValue each: a window that was held would keep its page alive.
  private var frames: [(id: guint64, window: OpaquePointer)] = []

  func add(_ id: guint64, _ context: OpaquePointer) {
    guard let window = jsc_context_get_global_object(context) else { return }
    defer { g_object_unref(UnsafeMutableRawPointer(window)) }
    remove(id)
    if let weak = jsc_weak_value_new(window) { frames.append((id, weak)) }
  }

  /// The number of the frame whose window is the `parent` of `context`; 0 when it is not known.
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

/// An element of an array as UTF-8.
private func text(_ index: guint, of array: OpaquePointer, limit: Int) -> UnsafeMutablePointer<CChar>? {
  guard let item = jsc_value_object_get_property_at_index(array, index) else { return g_strdup("") }
  defer { g_object_unref(UnsafeMutableRawPointer(item)) }
  let text = jsc_value_to_string(item)
  defer { g_free(text) }
  return cut(text, to: limit)
}
