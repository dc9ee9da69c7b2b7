// The paths of the private scheme.

internal import MartletGLib

/// What can be asked, and how long that may be.
enum PrivatePath: String {
  case hello, sync, module

  init?(_ url: String) {
    guard let path = ParsedURL(url)?.path, path.utf8.first == UInt8(ascii: "/") else { return nil }
    self.init(rawValue: String(decoding: path.utf8.dropFirst(), as: UTF8.self))
  }

  /// In bytes, after the key and the token. Nil where the document has another way for it.
  func limit(takesMessages: Bool) -> Int? {
    switch self {
    // A number and a word.
    case .hello: 1 << 10
    // Two paths, of at most 4096 bytes each where there can be a file, in UTF-16 perhaps.
    case .module: 32 << 10
    // A message, its long buffers too.
    case .sync: takesMessages ? 1 << 30 : nil
    }
  }
}
