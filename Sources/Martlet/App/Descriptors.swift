// How many files and sockets this process may have open: each frame of a page, each port and each long
// message on its way is one, and most systems allow 1,024 unless asked for more.

internal import Glibc

enum Descriptors {
  private static let wanted: rlim_t = 65536

  /// Asks for more, as far as the system lets. GLib polls: nothing here uses `select`, for which the default
  /// is there.
  static func allowMany() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < wanted else {
      return
    }
    limit.rlim_cur = min(limit.rlim_max, wanted)
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
