// The folder that the app's own scheme serves, and what is confined to it.

internal import MartletGLib

/// A folder of an app, and which of its files a page may have.
package struct AppRoot {
  /// Absolute, symlinks resolved.
  package let folder: String

  /// Nil when there is no such folder.
  package init?(_ folder: String) {
    guard let real = Files.real(folder), Files.isFolder(real) else { return nil }
    self.folder = real
  }

  /// The regular file that `path`, absolute or relative to the folder, names; nil when there is none, when it
  /// is outside, or when its name or a folder's on the way to it begins with a dot. Symlinks count as where
  /// they lead.
  func open(_ path: String) -> AppFile? {
    guard !path.utf8.contains(0), let file = AppFile(Files.canonical(path, relativeTo: folder)),
      place(of: file.path) != nil
    else { return nil }
    return file
  }

  /// The file that a URL's path names. Decoded once, by GLib; a name that begins with a dot names nothing,
  /// `..` that is still there among them, nor does a folder.
  func open(urlPath: String) -> AppFile? {
    guard let decoded = percentDecoded(urlPath), decoded.beginsWithBytes(of: "/"),
      decoded.utf8.last != UInt8(ascii: "/"), !decoded.utf8.contains(UInt8(ascii: "\\")),
      !Self.isHidden(decoded.utf8)
    else { return nil }
    return open("." + decoded)
  }

  /// Where a file is below the folder; nil when it is not there, or hidden.
  func place(of path: String) -> String? {
    let beginning = folder.hasSameBytes(as: "/") ? "/" : folder + "/"
    guard path.beginsWithBytes(of: beginning) else { return nil }
    let place = path.utf8.dropFirst(beginning.utf8.count)
    return Self.isHidden(place) ? nil : String(decoding: place, as: UTF8.self)
  }

  /// Whether a part of the path begins with a dot: what is kept so is not made to be shown.
  private static func isHidden(_ path: some Collection<UInt8>) -> Bool {
    path.split(separator: UInt8(ascii: "/")).contains { $0.first == UInt8(ascii: ".") }
  }
}
