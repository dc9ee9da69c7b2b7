// An open file with the kernel's facts about it: its path may lead elsewhere before it is used.

internal import CMartletShim
internal import CMartletWebKit
internal import MartletGLib
internal import Glibc

/// A regular file, which stays the same whatever happens to its path.
final class AppFile {
  private let descriptor: Int32
  /// Absolute, every symlink resolved.
  let path: String
  let size: Int

  /// Nil when `path` leads to no regular file, or to one whose name is not UTF-8. It never blocks, for
  /// example on the other end of a pipe.
  init?(_ path: String) {
    var real: UnsafeMutablePointer<CChar>?
    var size: goffset = 0
    let descriptor = martlet_file_open(path, &real, &size)
    defer { g_free(real) }
    guard descriptor >= 0 else { return nil }
    guard let real, let name = String(validatingCString: real) else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
    self.path = name
    self.size = size
  }

  deinit { close(descriptor) }

  /// Whether `other` leads to this file, possibly by another name.
  func isAt(_ other: String) -> Bool {
    martlet_file_is_at(descriptor, other) != 0
  }

  /// A stream of those bytes, or fewer if the file has been shortened; nil when it is not readable. The page
  /// in `view` determines its speed.
  func stream(_ bytes: Range<Int>, for view: UnsafeMutablePointer<WebKitWebView>? = nil) -> GObjectRef? {
    martlet_file_part_new(descriptor, bytes.lowerBound, bytes.count, view).map { GObjectRef(adopting: $0) }
  }

  /// The whole contents; nil when longer than `limit` bytes, or not readable.
  func contents(limit: Int) -> [UInt8]? {
    guard size <= limit, let stream = stream(0..<size) else { return nil }
    var bytes: [UInt8] = []
    while let chunk = g_input_stream_read_bytes(stream.pointer(), 1 << 20, nil, nil) {
      defer { g_bytes_unref(chunk) }
      let read = [UInt8](chunk)
      if read.isEmpty { return bytes }
      bytes += read
    }
    return nil
  }
}
