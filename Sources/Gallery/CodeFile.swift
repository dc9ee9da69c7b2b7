// A source file of the Gallery, shown beside its demo.

import Glibc
import Martlet

struct CodeFile: Codable, CloneCodable {
  let name: String
  let text: String

  /// Reads a file from the app's folder. A page cannot fetch the preloads and Swift files itself.
  init(_ path: String, _ app: App) throws {
    name = String(path.split(separator: "/").last ?? "")
    guard let file = fopen(app.resource(path), "r") else { throw UnreadableFile(name: name) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16384)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    text = String(decoding: bytes, as: UTF8.self)
  }
}

struct UnreadableFile: Error, CustomStringConvertible {
  let name: String
  var description: String { "cannot read \(name)" }
}
