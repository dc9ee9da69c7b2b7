// File operations by path, with errors that name the file.

import FoundationEssentials
import Glibc

enum Files {
  private static var manager: FileManager { .default }

  static func exists(_ path: String) -> Bool { manager.fileExists(atPath: path) }

  static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return manager.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }

  /// The absolute path, with symlinks resolved.
  static func absolute(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().path }

  static func folder(of path: String) -> String { URL(filePath: path).deletingLastPathComponent().path }

  static func names(in folder: String) throws -> [String] {
    try FileError.telling("cannot read the folder '\(folder)'") {
      try manager.contentsOfDirectory(atPath: folder).sorted()
    }
  }

  /// The files below a folder, by their paths relative to it.
  static func all(below folder: String) throws -> [String] {
    try FileError.telling("cannot read the folder '\(folder)'") {
      try manager.subpathsOfDirectory(atPath: folder).sorted().filter { !isFolder(folder + "/" + $0) }
    }
  }

  static func read(_ path: String) throws -> String {
    try FileError.telling("cannot read '\(path)'") { try String(contentsOfFile: path, encoding: .utf8) }
  }

  /// Writes a file that does not exist yet.
  static func write(_ text: String, to path: String) throws {
    try FileError.telling("cannot write '\(path)'") {
      try Data(text.utf8).write(to: URL(filePath: path), options: .withoutOverwriting)
    }
  }

  /// Makes the folder that `path` is in, and its parents.
  static func makeFolder(for path: String) throws {
    let folder = folder(of: path)
    try FileError.telling("cannot make the folder '\(folder)'") {
      try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
  }
}

/// A failure of a command: exit status 1, where a wrong argument gives 64.
struct Problem: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// A failed file operation, with the system's error.
struct FileError: Error, CustomStringConvertible {
  let description: String

  init(_ what: String, _ code: Int32) { description = "\(what): \(String(cString: strerror(code)))" }

  /// Prefixes `what` to the system's error thrown by `body`.
  static func telling<R>(_ what: String, _ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch let error as CocoaError {
      throw FileError(what, (error.userInfo["NSUnderlyingError"] as? POSIXError)?.code.rawValue ?? EIO)
    }
  }
}
