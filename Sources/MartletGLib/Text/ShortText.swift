// Limits untrusted texts: they are cut before any other use, and reduced to one line before they are logged.

internal import Glibc

extension String {
  /// The text at `start`: whole, or the characters of its first `limit` bytes and an ellipsis. At most one
  /// byte more is read.
  package nonisolated init(_ start: UnsafePointer<CChar>, limit: Int) {
    let length = strnlen(start, limit + 1)
    let end = length > limit ? characterStart(atMost: limit) { UInt8(bitPattern: start[$0]) } : length
    self = start.withMemoryRebound(to: UInt8.self, capacity: end) {
      String(decoding: UnsafeBufferPointer(start: $0, count: end), as: UTF8.self)
    }
    if length > limit { self += "…" }
  }

  /// The text itself, or the characters of its first `limit` bytes and an ellipsis.
  package nonisolated func cut(to limit: Int) -> String {
    guard utf8.count > limit else { return self }
    let end = utf8.index(utf8.startIndex, offsetBy: limit)
    var start = end
    while start > utf8.startIndex, utf8[start] & 0xC0 == 0x80 { start = utf8.index(before: start) }
    return String(self[..<start]) + "…"
  }

  /// The beginning as one log line: the text's author can neither start another line nor change the line's
  /// appearance.
  package nonisolated func asLogLine(limit: Int = 1 << 10) -> String {
    let text = cut(to: limit)
    guard text.unicodeScalars.contains(where: \.isUnfitForLog) else { return text }
    var line = ""
    for scalar in text.unicodeScalars where line.utf8.count < limit {
      switch scalar {
      case "\n": line += "\\n"
      case "\t": line += "\\t"
      case _ where scalar.isUnfitForLog: line += "\\u{\(String(scalar.value, radix: 16))}"
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line
  }
}

/// The last index up to `limit` at which a UTF-8 character begins.
private nonisolated func characterStart(atMost limit: Int, _ byte: (Int) -> UInt8) -> Int {
  var index = limit
  while index > 0, byte(index) & 0xC0 == 0x80 { index -= 1 }
  return index
}

extension Unicode.Scalar {
  /// Control characters, line and paragraph ends, and characters that change the text direction.
  fileprivate nonisolated var isUnfitForLog: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
