// A parsed message of the extension: a WebKitUserMessage from a web process to a view.

internal import CMartletWebKit

/// The fields of a message of a known name and type, checked once.
struct UserMessage {
  private let fields: OpaquePointer

  /// Nil when `message` is a different one, or not of the GVariant type `type`.
  init?(_ message: OpaquePointer, named name: String, of type: String) {
    guard let sent = webkit_user_message_get_name(message), strcmp(sent, name) == 0,
      let fields = webkit_user_message_get_parameters(message),
      String(cString: g_variant_get_type_string(fields)) == type
    else { return nil }
    self.fields = fields
  }

  func uint32(_ index: gsize) -> UInt32 { child(index) { g_variant_get_uint32($0) } }
  func uint64(_ index: gsize) -> UInt64 { child(index) { UInt64(g_variant_get_uint64($0)) } }
  func bool(_ index: gsize) -> Bool { child(index) { g_variant_get_boolean($0) != 0 } }

  /// A text, or the characters of its first `limit` bytes and an ellipsis: no more is copied.
  func text(_ index: gsize, limit: Int) -> String {
    child(index) {
      var length: gsize = 0
      let start = g_variant_get_string($0, &length)!
      return start.withMemoryRebound(to: UInt8.self, capacity: Int(length)) { bytes in
        var end = min(Int(length), limit)
        while end > 0, end < length, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        let text = String(decoding: UnsafeBufferPointer(start: bytes, count: end), as: UTF8.self)
        return end < length ? text + "…" : text
      }
    }
  }

  private func child<T>(_ index: gsize, _ read: (OpaquePointer) -> T) -> T {
    let value = g_variant_get_child_value(fields, index)!
    defer { g_variant_unref(value) }
    return read(value)
  }
}
