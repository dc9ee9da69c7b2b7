// Which addresses are the app's own: `app://<id>`, and nothing that only looks like it.

internal import MartletGLib

/// The origin of an app's pages.
struct AppAddress {
  /// As WebKit writes it.
  let origin: String

  init(appID: String) {
    origin = "\(AppAddress.scheme)://\(appID.lowercasedASCII)"
  }

  static let scheme = "app"

  /// Whether `url` is of this origin. A port makes it another one, and so does the name of a user or an
  /// escape in the host: WebKit keeps all of them, and keeps other storage for them.
  func contains(_ url: String) -> Bool {
    let count = origin.utf8.count
    guard url.prefix(ofBytes: count).lowercasedASCII.hasSameBytes(as: origin) else { return false }
    guard let next = url.utf8.dropFirst(count).first else { return true }
    return [UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains(next)
  }
}

extension String {
  fileprivate func prefix(ofBytes count: Int) -> String {
    String(decoding: utf8.prefix(count), as: UTF8.self)
  }
}
