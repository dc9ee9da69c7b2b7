// Copies texts and bytes from C, and releases the originals.

internal import CMartletShim
internal import CMartletWebKit
internal import Glibc

extension String {
  /// Copies a string that the caller must free with `g_free`, and frees it.
  package nonisolated init?(taking pointer: UnsafeMutablePointer<CChar>?) {
    guard let pointer else { return nil }
    self.init(cString: pointer)
    g_free(pointer)
  }
}

// Paths, addresses and host names are bytes. Swift compares characters by canonical equivalence. It would
// treat two folders as equal, and a slash with an accent as no slash.
extension StringProtocol {
  /// Whether both texts have the same bytes.
  package nonisolated func hasSameBytes(as other: some StringProtocol) -> Bool {
    utf8.elementsEqual(other.utf8)
  }

  /// Whether the text's bytes begin with those of `prefix`.
  package nonisolated func beginsWithBytes(of prefix: some StringProtocol) -> Bool {
    utf8.starts(with: prefix.utf8)
  }

  /// The text with only the letters A to Z in lower case.
  package nonisolated var lowercasedASCII: String {
    String(decoding: utf8.map { (65...90).contains($0) ? $0 | 32 : $0 }, as: UTF8.self)
  }
}

extension Array where Element == UInt8 {
  /// The contents of a GBytes, which the caller still owns.
  package nonisolated init(_ bytes: OpaquePointer) {
    var size: gsize = 0
    let start = g_bytes_get_data(bytes, &size)
    self.init(UnsafeRawBufferPointer(start: start, count: Int(size)))
  }
}

/// Copies `bytes` into a new GBytes that the caller owns.
package nonisolated func newGBytes(_ bytes: [UInt8]) -> OpaquePointer {
  bytes.withUnsafeBytes { g_bytes_new($0.baseAddress, gsize($0.count)) }
}

/// `{ name: string }` as a floating a{sv}.
package func newVariant(strings entries: [(String, String)]) -> OpaquePointer {
  let names = entries.map { strdup($0.0)! }
  let values = entries.map { strdup($0.1)! }
  defer { (names + values).forEach { free($0) } }
  return names.map { UnsafePointer<CChar>($0) }.withUnsafeBufferPointer { names in
    values.map { UnsafePointer<CChar>($0) }.withUnsafeBufferPointer { values in
      martlet_variant_strings(names.baseAddress!, values.baseAddress!, gsize(names.count))
    }
  }
}

/// `text` with its %-escapes decoded; nil when an escape is malformed, is a NUL, or the result is not UTF-8.
package nonisolated func percentDecoded(_ text: String) -> String? {
  guard !text.utf8.contains(0), let decoded = String(taking: g_uri_unescape_string(text, nil)) else {
    return nil
  }
  return decoded
}

/// `text` with all characters escaped that a URL's path cannot contain; `/` stays.
package nonisolated func percentEncodedPath(_ text: String) -> String {
  String(taking: g_uri_escape_string(text, "/!$&'()*+,;=:@", 0))!
}

/// `text` with all characters escaped that a URL's query or fragment cannot contain. Existing escapes stay; a
/// `%` that begins no escape is escaped.
package nonisolated func percentEncodedPart(_ text: String) -> String {
  let bytes = Array(text.utf8)
  let digits = Array("0123456789ABCDEF")
  func isDigit(_ index: Int) -> Bool {
    bytes.indices.contains(index) && g_ascii_xdigit_value(gchar(bitPattern: bytes[index])) >= 0
  }
  var encoded = ""
  for (index, byte) in bytes.enumerated() {
    let character = Character(UnicodeScalar(byte))
    let isEscape = character == "%" && isDigit(index + 1) && isDigit(index + 2)
    let isPlain =
      byte < 128 && (character.isLetter || character.isNumber || "-._~!$&'()*+,;=:@/?".contains(character))
    encoded += isEscape || isPlain ? String(character) : "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
  }
  return encoded
}

/// `bytes` in base64.
package nonisolated func base64(_ bytes: [UInt8]) -> String {
  String(taking: g_base64_encode(bytes, gsize(bytes.count)))!
}

/// The decoded bytes; nil when `text` is not valid base64.
package nonisolated func bytes(base64 text: String) -> [UInt8]? {
  guard text.utf8.count.isMultiple(of: 4) else { return nil }
  var count: gsize = 0
  guard let decoded = g_base64_decode(text, &count) else { return nil }
  defer { g_free(decoded) }
  let padding = text.utf8.suffix(2).count { $0 == UInt8(ascii: "=") }
  // GLib skips invalid characters; the result is then shorter than the text's length implies.
  guard Int(count) == text.utf8.count / 4 * 3 - padding else { return nil }
  return Array(UnsafeBufferPointer(start: decoded, count: Int(count)))
}
