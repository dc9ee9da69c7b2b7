// What a page prints to its console goes to the main process, as the event `console-message`. A page may
// print what and as fast as it likes: the event has what the main process can bear, and WebKit's own line on
// standard error what a log can (CMartletConsole).

import CMartletWebProcess
import CMartletWire

/// Forwards what one page prints. The page keeps it.
final class ConsoleForwarding {
  private let page: OpaquePointer
  private static let data = ObjectData<ConsoleForwarding>("martlet-console")

  /// What a second's messages may come to in bytes, and what each counts for beside its texts.
  private static let limit = 4 << 20
  private static let overhead = 1 << 10

  /// When the second ends that messages are counted in, and what may be sent until then.
  private var end: gint64 = 0
  private var left = 0
  /// How many were too much since. While there are any, all are: nothing is left out in the midst of what is
  /// told.
  private var dropped: guint64 = 0
  /// The GLib source that tells how many there were.
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

  /// A script that runs on and on keeps the timer waiting: it is told of no more until it is done.
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

  /// The page is gone.
  private func stop() {
    if timer != 0 { g_source_remove(timer) }
  }
}
