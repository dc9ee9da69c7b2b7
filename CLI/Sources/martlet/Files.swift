// Files by their paths, and why something could not be done with one.

import FoundationEssentials
import Glibc

enum Files {
  private static var manager: FileManager { .default }

  static func exists(_ path: String) -> Bool { manager.fileExists(atPath: path) }

  static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return manager.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }

  /// Absolute, symlinks resolved.
  static func absolute(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().path }

  static func folder(of path: String) -> String { URL(filePath: path).deletingLastPathComponent().path }

  static func names(in folder: String) throws -> [String] {
    try FileError.telling("cannot read the folder '\(folder)'") {
      try manager.contentsOfDirectory(atPath: folder).sorted()
    }
  }

  /// The files below a folder, by their paths in it.
  static func all(below folder: String) throws -> [String] {
    try FileError.telling("cannot read the folder '\(folder)'") {
      try manager.subpathsOfDirectory(atPath: folder).sorted().filter { !isFolder(folder + "/" + $0) }
    }
  }

  static func read(_ path: String) throws -> String {
    try FileError.telling("cannot read '\(path)'") { try String(contentsOfFile: path, encoding: .utf8) }
  }

  /// Writes a file that is not there yet.
  static func write(_ text: String, to path: String) throws {
    try FileError.telling("cannot write '\(path)'") {
      try Data(text.utf8).write(to: URL(filePath: path), options: .withoutOverwriting)
    }
  }

  /// Makes the folder that `path` is to be in, and those above it.
  static func makeFolder(for path: String) throws {
    let folder = folder(of: path)
    try FileError.telling("cannot make the folder '\(folder)'") {
      try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
  }
}

/// Why a command could not do its job: status 1, where a wrong argument gives 64.
struct Problem: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// What could not be done, and what the system said.
struct FileError: Error, CustomStringConvertible {
  let description: String

  init(_ what: String, _ code: Int32) { description = "\(what): \(String(cString: strerror(code)))" }

  /// Puts `what` before what the system says of an error in `body`.
  static func telling<R>(_ what: String, _ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch let error as CocoaError {
      throw FileError(what, (error.userInfo["NSUnderlyingError"] as? POSIXError)?.code.rawValue ?? EIO)
    }
  }
}
