import Foundation

/// The repository, located from this file's path at compile time.
enum Repository {
  static let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: top.appending(path: path), encoding: .utf8)
  }

  /// The files below `folder` with one of these endings, with their paths relative to the root.
  static func files(in folder: String, endings: Set<String>) throws -> [(path: String, text: String)] {
    let root = top.appending(path: folder)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted()
    // A build folder has checkouts of other packages.
    let sources = paths.filter { !$0.hasPrefix(".build") && !$0.contains("/.build") }
    return try sources.filter { endings.contains(($0 as NSString).pathExtension) }.map {
      ("\(folder)/\($0)", try text("\(folder)/\($0)"))
    }
  }

  /// The folders directly in `folder`.
  static func folders(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      at: top.appending(path: folder), includingPropertiesForKeys: [.isDirectoryKey]
    )
    .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
    .map { "\(folder)/\($0.lastPathComponent)" }.sorted()
  }
}
