// A URL taken apart by GLib.

internal import CWebKit
internal import GLibKit

struct ParsedURL {
  let scheme: String
  /// Lower case.
  let host: String
  let port: Int32
  /// Still escaped.
  let path: String

  /// Chromium's limit, in bytes.
  static let limit = 2 << 20

  /// Nil when `text` is no URL, or longer than any may be.
  init?(_ text: String) {
    guard text.utf8.count <= Self.limit,
      let uri = g_uri_parse(text, GUriFlags(rawValue: G_URI_FLAGS_ENCODED.rawValue), nil)
    else {
      return nil
    }
    defer { g_uri_unref(uri) }
    scheme = String(cString: g_uri_get_scheme(uri)).lowercased()
    host = g_uri_get_host(uri).map { String(cString: $0) }?.lowercased() ?? ""
    port = g_uri_get_port(uri)
    path = String(cString: g_uri_get_path(uri))
  }

  func hasSameOrigin(as other: ParsedURL) -> Bool {
    scheme == other.scheme && host == other.host && port == other.port
  }
}
