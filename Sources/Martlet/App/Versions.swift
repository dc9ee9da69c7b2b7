// Versions of Martlet and of the libraries that it runs on.

internal import CMartletWebKit

enum Versions {
  static let all: [String: String] = [
    "martlet": "0.1.0",
    "webkit":
      "\(webkit_get_major_version()).\(webkit_get_minor_version()).\(webkit_get_micro_version())",
    "gtk": "\(gtk_get_major_version()).\(gtk_get_minor_version()).\(gtk_get_micro_version())",
  ]
}
