// The processor time of a thread: a limit of work that does not depend on what else the machine does.

internal import Glibc

package nonisolated enum ThreadTime {
  /// Microseconds for which this thread has run.
  package static var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
  }
}
