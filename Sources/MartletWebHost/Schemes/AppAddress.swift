// Tells the app's own addresses, `app://<id>`, from those that only resemble them.

internal import MartletGLib

/// The origin of an app's pages.
struct AppAddress {
  /// In WebKit's spelling.
  let origin: String

  init(appID: String) {
    origin = "\(AppAddress.scheme)://\(appID.lowercasedASCII)"
  }

  static let scheme = "app"

  /// Whether `url` has this origin. A port, a user name or an escape in the host makes a different origin:
  /// WebKit keeps them, with separate storage.
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
