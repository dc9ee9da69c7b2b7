// The user's languages for pages: BCP 47 tags, derived from the names of POSIX locales.

internal import CMartletWebKit

package nonisolated enum Languages {
  /// The user's languages, in order of preference.
  package static var preferred: [String] {
    var names: [String] = []
    var next = g_get_language_names()
    while let name = next?.pointee {
      names.append(String(cString: name))
      next = next?.advanced(by: 1)
    }
    return tags(ofLocales: names)
  }

  /// The tags of locales such as `de_DE.UTF-8`, without duplicates. `C` and `POSIX` are American English.
  /// GLib ends every list with `C`, which is ignored after another language.
  package static func tags(ofLocales names: [String]) -> [String] {
    var tags: [String] = []
    for name in names.last == "C" ? names.dropLast() : names[...] {
      if let tag = tag(ofLocale: name), !tags.contains(tag) { tags.append(tag) }
    }
    return tags.isEmpty ? [american] : tags
  }

  private static let american = "en-US"

  /// Nil for an invalid locale name: WebKit accepts any text as a language, and `Intl` then throws.
  private static func tag(ofLocale name: String) -> String? {
    let parts = name.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let place = parts[0].prefix { $0 != "." }.split(separator: "_", omittingEmptySubsequences: false)
    if place == ["C"] || place == ["POSIX"] { return american }
    guard let language = place.first, (2...8).contains(language.utf8.count),
      language.utf8.allSatisfy(isLetter)
    else { return nil }
    var tag = language.lowercased()
    if parts.count > 1, let script = scripts[String(parts[1])] { tag += "-" + script }
    if place.count > 1, isRegion(place[1]) { tag += "-" + place[1].uppercased() }
    return tag
  }

  /// Script codes by the modifiers that locale names use for them. Other modifiers, such as `euro`, are not
  /// part of a language.
  private static let scripts = [
    "latin": "Latn", "cyrillic": "Cyrl", "devanagari": "Deva", "arabic": "Arab",
  ]

  private static func isRegion(_ text: Substring) -> Bool {
    text.utf8.count == 2 && text.utf8.allSatisfy(isLetter)
      || text.utf8.count == 3 && text.utf8.allSatisfy(isDigit)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
  }

  private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
}
