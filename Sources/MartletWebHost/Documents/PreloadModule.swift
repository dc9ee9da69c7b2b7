// A file that a preload requires: beside it, inside the app's folder, never outside.

internal import MartletGLib
internal import MartletClone

struct PreloadModule {
  /// How long a file may be, in bytes: it is read at once.
  private static let limit = 16 << 20

  let file: String
  let source: String

  /// Nil when `specifier`, seen from the file `from`, names no file of the app; as in Node, `.js`, `.json`
  /// and `/index.js` may be left out.
  init?(_ specifier: String, from: String, in root: AppRoot) {
    let base = Files.canonical(specifier, relativeTo: Files.folder(of: from))
    for candidate in [base, base + ".js", base + ".json", base + "/index.js"] {
      if let file = root.open(candidate), let bytes = file.contents(limit: Self.limit) {
        self.file = file.path
        source = String(decoding: bytes, as: UTF8.self)
        return
      }
    }
    return nil
  }

  var value: CloneValue {
    ["file": .string(CloneString(file)), "source": .string(CloneString(source))]
  }
}
