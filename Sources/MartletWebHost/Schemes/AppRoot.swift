// The folder that the app's own scheme serves, and the confinement to it.

internal import MartletGLib

/// The folder of an app, and the rules for which of its files pages may read.
package struct AppRoot {
  /// Absolute, symlinks resolved.
  package let folder: String

  /// Nil when the folder does not exist.
  package init?(_ folder: String) {
    guard let real = Files.real(folder), Files.isFolder(real) else { return nil }
    self.folder = real
  }

  /// The regular file that `path`, absolute or relative to the folder, names. Nil when it does not exist, is
  /// outside, or when its name or that of a folder on the way begins with a dot. Symlinks are resolved first.
  func open(_ path: String) -> AppFile? {
    guard !path.utf8.contains(0), let file = AppFile(Files.canonical(path, relativeTo: folder)),
      place(of: file.path) != nil
    else { return nil }
    return file
  }

  /// The file that a URL's path names. GLib decodes the path once. Names that begin with a dot, including any
  /// remaining `..`, and folders give nil.
  func open(urlPath: String) -> AppFile? {
    guard let decoded = percentDecoded(urlPath), decoded.beginsWithBytes(of: "/"),
      decoded.utf8.last != UInt8(ascii: "/"), !decoded.utf8.contains(UInt8(ascii: "\\")),
      !Self.isHidden(decoded.utf8)
    else { return nil }
    return open("." + decoded)
  }

  /// The path of a file below the folder; nil when it is outside or hidden.
  func place(of path: String) -> String? {
    let beginning = folder.hasSameBytes(as: "/") ? "/" : folder + "/"
    guard path.beginsWithBytes(of: beginning) else { return nil }
    let place = path.utf8.dropFirst(beginning.utf8.count)
    return Self.isHidden(place) ? nil : String(decoding: place, as: UTF8.self)
  }

  /// Whether a component of the path begins with a dot: such files are not for publication.
  private static func isHidden(_ path: some Collection<UInt8>) -> Bool {
    path.split(separator: UInt8(ascii: "/")).contains { $0.first == UInt8(ascii: ".") }
  }
}
