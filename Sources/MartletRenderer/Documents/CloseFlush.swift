// Before the main process closes a page that has closed itself, it asks for what the page has sent.

import CMartletWebProcess

enum CloseFlush {
  /// Answers for `page`.
  static func start(for page: OpaquePointer) {
    connect(
      page, "user-message-received", unsafeBitCast(received, to: GCallback.self),
      UnsafeMutableRawPointer(page))
  }

  /// `flush`: answered when nothing of the page's waits for room in a socket any more, or has waited for too long.
  private static let received: @convention(c) (OpaquePointer, OpaquePointer, gpointer) -> gboolean = {
    page, message, _ in
    guard g_strcmp0(webkit_user_message_get_name(message), "flush") == 0 else { return 0 }
    UnsentLanes.of(page).flush()
    webkit_user_message_send_reply(message, webkit_user_message_new("flushed", nil))
    return 1
  }
}
