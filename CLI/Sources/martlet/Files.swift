// Files, by the C library.

import Glibc

enum Files {
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Absolute, symlinks resolved; as it was given when there is nothing.
  static func absolute(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  }

  static func names(in folder: String) throws -> [String] {
    guard let opened = opendir(folder) else { throw FileError("cannot read the folder '\(folder)'", errno) }
    defer { closedir(opened) }
    var names: [String] = []
    while let entry = readdir(opened) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The files below a folder, by their paths in it.
  static func all(below folder: String) throws -> [String] {
    try names(in: folder).flatMap { name in
      isFolder(folder + "/" + name) ? try all(below: folder + "/" + name).map { name + "/" + $0 } : [name]
    }
  }

  static func read(_ path: String) throws -> String {
    guard let file = fopen(path, "r") else { throw FileError("cannot read '\(path)'", errno) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func write(_ text: String, to path: String) throws {
    guard let file = fopen(path, "wx") else { throw FileError("cannot write '\(path)'", errno) }
    let bytes = Array(text.utf8)
    let written = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, written == bytes.count else { throw FileError("cannot write '\(path)'", errno) }
  }

  /// Makes the folder that `path` is to be in, and those above it.
  static func makeFolder(for path: String) throws {
    let folder = folder(of: path)
    if isFolder(folder) { return }
    try makeFolder(for: folder)
    guard mkdir(folder, 0o777) == 0 else { throw FileError("cannot make the folder '\(folder)'", errno) }
  }
}

/// Why a command could not do its job: status 1, where a wrong argument gives 64.
struct Problem: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

struct FileError: Error, CustomStringConvertible {
  let description: String

  init(_ what: String, _ code: Int32) { description = "\(what): \(String(cString: strerror(code)))" }
}
