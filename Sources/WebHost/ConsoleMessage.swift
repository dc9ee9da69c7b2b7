// What a page printed.

internal import CWebKit

/// One line of a page's console.
public struct ConsoleMessage {
  public enum Level: UInt32, Sendable {
    case info, log, warning, error, debug
  }

  public let level: Level
  public let text: String
  /// The script that printed it, and the line.
  public let source: String
  public let line: Int

  /// Nil when `message` is another one of the extension's messages, or not of its form.
  init?(_ message: OpaquePointer) {
    guard String(cString: webkit_user_message_get_name(message)) == "console",
      let fields = webkit_user_message_get_parameters(message), g_variant_is_of_type(fields, type) != 0
    else { return nil }
    func child<T>(_ index: gsize, _ read: (OpaquePointer) -> T) -> T {
      let value = g_variant_get_child_value(fields, index)!
      defer { g_variant_unref(value) }
      return read(value)
    }
    level = Level(rawValue: child(0) { g_variant_get_uint32($0) }) ?? .log
    line = Int(child(1) { g_variant_get_uint32($0) })
    text = child(2) { String(cString: g_variant_get_string($0, nil)) }
    source = child(3) { String(cString: g_variant_get_string($0, nil)) }
  }
}

private let type = g_variant_type_new("(uuss)")
