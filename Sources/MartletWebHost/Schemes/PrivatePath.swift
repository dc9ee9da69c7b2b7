// The paths of the private scheme.

internal import MartletGLib

/// The requests of the private scheme, and their length limits.
enum PrivatePath: String {
  case hello, sync, module

  init?(_ url: String) {
    guard let path = ParsedURL(url)?.path, path.utf8.first == UInt8(ascii: "/") else { return nil }
    self.init(rawValue: String(decoding: path.utf8.dropFirst(), as: UTF8.self))
  }

  /// Limit in bytes, after the key and the token. Nil when the document's transport does not use this path.
  func limit(takesMessages: Bool) -> Int? {
    switch self {
    // A number and a word.
    case .hello: 1 << 10
    // Two paths, of at most 4096 bytes each for an existing file, possibly in UTF-16.
    case .module: 32 << 10
    // A message with its long buffers.
    case .sync: takesMessages ? 1 << 30 : nil
    }
  }
}
