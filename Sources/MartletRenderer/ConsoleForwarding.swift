// What a page prints to its console goes to the main process, so that it reaches the app's log.

import CWebProcess

enum ConsoleForwarding {
  static func start(for page: OpaquePointer) {
    connect(
      page, "console-message-sent", unsafeBitCast(sent, to: GCallback.self), UnsafeMutableRawPointer(page))
  }

  private static let sent: @convention(c) (OpaquePointer, OpaquePointer, gpointer?) -> Void = {
    page, message, _ in
    forward(message, from: page)
  }

  /// Sends `(level, line, text, source, isOfNetwork)`.
  private static func forward(_ message: OpaquePointer, from page: OpaquePointer) {
    var fields: [OpaquePointer?] = [
      g_variant_new_uint32(UInt32(webkit_console_message_get_level(message).rawValue)),
      g_variant_new_uint32(webkit_console_message_get_line(message)),
      g_variant_new_string(webkit_console_message_get_text(message)),
      g_variant_new_string(webkit_console_message_get_source_id(message)),
      g_variant_new_boolean(
        webkit_console_message_get_source(message) == WEBKIT_CONSOLE_MESSAGE_SOURCE_NETWORK ? 1 : 0),
    ]
    let parameters = g_variant_new_tuple(&fields, gsize(fields.count))
    webkit_web_page_send_message_to_view(page, webkit_user_message_new("console", parameters), nil, nil, nil)
  }
}
