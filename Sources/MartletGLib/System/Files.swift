// Files and paths, through GLib.

internal import CMartletWebKit
internal import Glibc

package nonisolated enum Files {
  /// The whole contents of the file.
  package static func contents(of path: String) throws(GLibError) -> [UInt8] {
    var data: UnsafeMutablePointer<CChar>?
    var length: gsize = 0
    _ = try throwingGError { g_file_get_contents(path, &data, &length, $0) }
    defer { g_free(data) }
    return Array(UnsafeRawBufferPointer(start: data, count: Int(length)))
  }

  /// Replaces the whole contents of the file with `bytes`.
  package static func write(_ bytes: [UInt8], to path: String) throws(GLibError) {
    _ = try throwingGError { error in
      bytes.withUnsafeBytes {
        g_file_set_contents(path, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count, error)
      }
    }
  }

  /// Removes a file, or a folder with its contents, as far as possible. For a link, the link itself is
  /// removed.
  package static func removeTree(_ path: String) {
    if g_file_test(path, G_FILE_TEST_IS_SYMLINK) == 0, let folder = g_dir_open(path, 0, nil) {
      while let name = g_dir_read_name(folder) { removeTree(path + "/" + String(cString: name)) }
      g_dir_close(folder)
    }
    _ = remove(path)
  }

  package static func isFolder(_ path: String) -> Bool {
    g_file_test(path, G_FILE_TEST_IS_DIR) != 0
  }

  package static func isFile(_ path: String) -> Bool {
    g_file_test(path, G_FILE_TEST_IS_REGULAR) != 0
  }

  /// The absolute path with all symlinks resolved; nil when nothing exists at `path`, or its name is not
  /// UTF-8.
  package static func real(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(validatingCString: real)
  }

  /// `path` made absolute against `base`; `.` and `..` are removed textually.
  package static func canonical(_ path: String, relativeTo base: String? = nil) -> String {
    String(taking: g_canonicalize_filename(path, base))!
  }

  /// The folder that holds `path`.
  package static func folder(of path: String) -> String {
    String(taking: g_path_get_dirname(path))!
  }
}
