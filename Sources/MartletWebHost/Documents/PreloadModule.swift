// A file that a preload requires. It must be inside the app's folder.

internal import MartletGLib
internal import MartletClone

struct PreloadModule {
  /// Limit of a file's length in bytes: it is read in one piece.
  private static let limit = 16 << 20

  let file: String
  let source: String

  /// Nil when `specifier`, resolved from the file `from`, names no file of the app. As in Node, `.js`,
  /// `.json` and `/index.js` may be omitted.
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
