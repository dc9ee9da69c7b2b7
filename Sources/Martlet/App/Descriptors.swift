// The limit of open file descriptors. Each frame, port and long message in flight needs one, and most systems
// allow 1,024 by default.

internal import Glibc

enum Descriptors {
  private static let wanted: rlim_t = 65536

  /// Raises the limit as far as the system allows. The low default protects callers of `select`, which
  /// nothing here uses: GLib polls.
  static func allowMany() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < wanted else {
      return
    }
    limit.rlim_cur = min(limit.rlim_max, wanted)
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
