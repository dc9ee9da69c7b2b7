// A URL parsed by GLib.

internal import CMartletWebKit
internal import CMartletWire
internal import MartletGLib

struct ParsedURL {
  let scheme: String
  /// In lower case.
  let host: String
  /// -1 for the scheme's default port.
  let port: Int32
  /// Still percent-encoded.
  let path: String
  /// User, host and port as written, in lower case.
  private let authority: String

  static let limit = Int(MARTLET_ADDRESS_LIMIT)

  /// Nil when `text` is not a URL, or exceeds the length limit.
  init?(_ text: String) {
    let flags = GUriFlags(rawValue: G_URI_FLAGS_ENCODED.rawValue | G_URI_FLAGS_SCHEME_NORMALIZE.rawValue)
    guard text.utf8.count <= Self.limit, !Self.hasAmbiguousHost(text), let uri = g_uri_parse(text, flags, nil)
    else { return nil }
    defer { g_uri_unref(uri) }
    scheme = String(cString: g_uri_get_scheme(uri)).lowercasedASCII
    host = g_uri_get_host(uri).map { String(cString: $0) }?.lowercasedASCII ?? ""
    port = g_uri_get_port(uri)
    path = String(cString: g_uri_get_path(uri))
    authority = Self.authority(of: text)
  }

  private static func authority(of text: String) -> String {
    let ends = [UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")]
    let rest = text.utf8.drop { $0 != UInt8(ascii: ":") }.dropFirst()
    guard rest.starts(with: "//".utf8) else { return "" }
    return String(decoding: rest.dropFirst(2).prefix { !ends.contains($0) }, as: UTF8.self).lowercasedASCII
  }

  /// A browser ends the host at a backslash, and drops tabs and line ends; GLib does neither. So
  /// `http://a\@b/` has two possible hosts.
  private static func hasAmbiguousHost(_ text: String) -> Bool {
    let marks = [UInt8(ascii: "?"), UInt8(ascii: "#")]
    return text.utf8.prefix { !marks.contains($0) }.contains { $0 == UInt8(ascii: "\\") || $0 < 0x20 }
  }

  /// A browser parses the authority of the web's schemes. It compares that of other schemes as text.
  func hasSameOrigin(as other: ParsedURL) -> Bool {
    guard scheme.hasSameBytes(as: other.scheme) else { return false }
    guard ["http", "https"].contains(scheme) else { return authority.hasSameBytes(as: other.authority) }
    return hasSameHost(as: other)
  }

  /// Whether scheme, host and port are equal: WebKit's own definition of an origin, which ignores the user
  /// name.
  func hasSameHost(as other: ParsedURL) -> Bool {
    scheme.hasSameBytes(as: other.scheme) && host.hasSameBytes(as: other.host) && port == other.port
  }
}
