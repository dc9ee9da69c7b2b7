// Before the main process closes a page that has closed itself, it asks for what the page has sent.

import CMartletWebProcess

enum CloseFlush {
  /// Answers for `page`.
  static func start(for page: OpaquePointer) {
    Signals.onUserMessage(page) { received($0, for: page) }
  }

  /// `flush`: answered when nothing of the page's waits for room in a socket any more, or has waited for too
  /// long.
  private static func received(_ message: OpaquePointer, for page: OpaquePointer) -> Bool {
    guard g_strcmp0(webkit_user_message_get_name(message), "flush") == 0 else { return false }
    UnsentLanes.of(page).flush()
    webkit_user_message_send_reply(message, webkit_user_message_new("flushed", nil))
    return true
  }
}
