// Forwards a page's console messages to the main process, as the event `console-message`. A page may print
// any amount at any speed. The event is limited to what the main process can process, and WebKit's own line
// on standard error to what a log can hold (CMartletConsole).

import CMartletWebProcess
import CMartletWire

/// Forwards the console messages of one page, which keeps this object.
final class ConsoleForwarding {
  private let page: OpaquePointer
  private static let data = ObjectData<ConsoleForwarding>("martlet-console")

  /// Limit of the messages per second in bytes, and the cost of a message beyond its texts.
  private static let limit = 4 << 20
  private static let overhead = 1 << 10

  /// The end of the current second, and the bytes that may still be sent until then.
  private var end: gint64 = 0
  private var left = 0
  /// The number of messages dropped since. While it is not 0 all messages are dropped, so that the forwarded
  /// ones have no gaps.
  private var dropped: guint64 = 0
  /// The GLib source that reports the number of dropped messages.
  private var timer: guint = 0

  static func start(for page: OpaquePointer) {
    let forwarding = ConsoleForwarding(page)
    data.set(forwarding, of: page) {
      Unmanaged<ConsoleForwarding>.fromOpaque($0!).takeRetainedValue().stop()
    }
    Signals.onConsoleMessage(page, forwarding.forward)
  }

  private init(_ page: OpaquePointer) { self.page = page }

  /// Sends `(level, line, text, source, isOfNetwork)`.
  private func forward(_ message: OpaquePointer) {
    guard dropped == 0 else { return drop() }
    let text = cut(webkit_console_message_get_text(message), to: Int(MARTLET_CONSOLE_TEXT_LIMIT))
    let source = cut(webkit_console_message_get_source_id(message), to: Int(MARTLET_CONSOLE_SOURCE_LIMIT))
    guard mayCost(strlen(text) + strlen(source) + Self.overhead) else {
      g_free(text)
      g_free(source)
      return drop()
    }
    var fields: [OpaquePointer?] = [
      g_variant_new_uint32(UInt32(webkit_console_message_get_level(message).rawValue)),
      g_variant_new_uint32(webkit_console_message_get_line(message)),
      g_variant_new_take_string(text), g_variant_new_take_string(source),
      g_variant_new_boolean(
        webkit_console_message_get_source(message) == WEBKIT_CONSOLE_MESSAGE_SOURCE_NETWORK ? 1 : 0),
    ]
    send("console", &fields)
  }

  private func mayCost(_ cost: Int) -> Bool {
    let now = g_get_monotonic_time()
    if now >= end {
      end = now + 1_000_000
      left = Self.limit
    }
    guard cost <= left else { return false }
    left -= cost
    return true
  }

  /// A script that runs without pause delays the timer: no more messages are forwarded until it is done.
  private func drop() {
    dropped += 1
    guard timer == 0 else { return }
    timer = g_timeout_add(
      1000,
      { forwarding in
        Unmanaged<ConsoleForwarding>.fromOpaque(forwarding!).takeUnretainedValue().tellOfDropped()
        return 0  // G_SOURCE_REMOVE
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  private func tellOfDropped() {
    timer = 0
    var fields: [OpaquePointer?] = [g_variant_new_uint64(dropped)]
    dropped = 0
    send("console-dropped", &fields)
  }

  private func send(_ name: StaticString, _ fields: inout [OpaquePointer?]) {
    let parameters = g_variant_new_tuple(&fields, gsize(fields.count))
    webkit_web_page_send_message_to_view(
      page, webkit_user_message_new(name.cString, parameters), nil, nil, nil)
  }

  /// The page has been destroyed.
  private func stop() {
    if timer != 0 { g_source_remove(timer) }
  }
}
