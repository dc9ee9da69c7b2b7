// The folder that the app's own scheme serves, and what is confined to it.

internal import GLibKit
internal import Glibc

/// A folder of an app, and which of its files a page may have.
package struct AppRoot {
  /// Absolute, symlinks resolved.
  package let folder: String

  /// Nil when there is no such folder.
  package init?(_ folder: String) {
    guard let real = Files.real(folder), Files.isFolder(real) else { return nil }
    self.folder = real
  }

  /// The regular file that `path`, absolute or relative to the folder, names: symlinks resolved; nil when there
  /// is none or when it is outside.
  package func file(_ path: String) -> String? {
    guard !path.utf8.contains(0), let real = Files.real(Files.canonical(path, relativeTo: folder)),
      contains(real), Files.isFile(real)
    else { return nil }
    return real
  }

  func contains(_ real: String) -> Bool {
    real.hasPrefix(folder == "/" ? "/" : folder + "/")
  }

  /// The file that a URL's path names. Decoded once, by GLib; `..` that survives, encoded or not, names nothing,
  /// nor does a folder.
  func file(urlPath: String) -> String? {
    guard let decoded = percentDecoded(urlPath), decoded.hasPrefix("/"),
      !decoded.utf8.contains(UInt8(ascii: "\\")),
      !decoded.split(separator: "/", omittingEmptySubsequences: false).contains("..")
    else { return nil }
    return file(String(decoded.drop { $0 == "/" }))
  }
}

extension WebEngine {
  /// The URL of a page of the app, given its path.
  package func url(ofFile path: String, query: String? = nil, hash: String? = nil) -> Result<
    String, LoadFailure
  > {
    guard let file = root.file(path) else {
      return .failure(LoadFailure(.fileNotFound, url: path))
    }
    var url =
      "\(AppScheme.name)://\(appID)/" + percentEncodedPath(String(file.dropFirst(root.folder.count + 1)))
    if let query = Self.part(query, after: "?") { url += "?" + query }
    if let hash = Self.part(hash, after: "#") { url += "#" + hash }
    return .success(url)
  }

  /// A query or a fragment as the app gives it, with its mark or without: nil when it is empty.
  private static func part(_ text: String?, after mark: Character) -> String? {
    guard let text else { return nil }
    let part = text.first == mark ? String(text.dropFirst()) : text
    return part.isEmpty ? nil : percentEncodedPart(part)
  }
}
