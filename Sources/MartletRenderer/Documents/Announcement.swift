// Announces a document to the main process: its frame, and the other end of its lane. The document's own
// hello follows and carries the announcement's number.

import CMartletWebProcess
import CMartletWire

enum Announcement {
  /// Announces a document. Its lane becomes the first of `lane`'s lanes. Returns the document's number.
  static func send(_ facts: FrameFacts, of page: OpaquePointer, lane: DocumentLanes?) -> guint32 {
    let name = g_random_int()
    var fields: [OpaquePointer?] = [
      g_variant_new_uint32(name), g_variant_new_uint64(facts.frame),
      g_variant_new_boolean(facts.isMainFrame ? 1 : 0), g_variant_new_uint64(facts.parent),
      g_variant_new_take_string(facts.url), g_variant_new_take_string(facts.origin),
      g_variant_new_take_string(facts.name),
    ]
    let facts = g_variant_new_tuple(&fields, gsize(fields.count))
    let message: OpaquePointer?
    lane?.unsent = UnsentLanes.of(page)
    if let lane, let end = socket(of: lane) {
      let list = g_unix_fd_list_new_from_array([end], 1)
      message = webkit_user_message_new_with_fd_list("frame", facts, list)
      g_object_unref(list)
    } else {
      message = webkit_user_message_new("frame", facts)
    }
    webkit_web_page_send_message_to_view(page, message, nil, nil, nil)
    return name
  }

  /// Creates the lane and returns the main process's end. Nil when the system is out of sockets.
  private static func socket(of lanes: DocumentLanes) -> Int32? {
    guard let sockets = OwnedDescriptor.pair() else { return nil }
    _ = lanes.add(sockets.0)
    return sockets.1.take()
  }
}
