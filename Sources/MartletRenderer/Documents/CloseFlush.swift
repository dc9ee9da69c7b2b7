// Flushes a page that has closed itself: the main process asks for its unsent envelopes before it closes the
// page.

import CMartletWebProcess

enum CloseFlush {
  /// Starts answering for `page`.
  static func start(for page: OpaquePointer) {
    Signals.onUserMessage(page) { received($0, for: page) }
  }

  /// `flush`: answered when the page's send queues are empty, or the time limit is reached.
  private static func received(_ message: OpaquePointer, for page: OpaquePointer) -> Bool {
    guard g_strcmp0(webkit_user_message_get_name(message), "flush") == 0 else { return false }
    UnsentLanes.of(page).flush()
    webkit_user_message_send_reply(message, webkit_user_message_new("flushed", nil))
    return true
  }
}
