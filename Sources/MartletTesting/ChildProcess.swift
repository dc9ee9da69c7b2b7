// Child processes, with GLib's GSubprocess.

internal import CMartletGio
internal import Glibc

/// A child inherits the set of blocked signals. Swift's worker threads, on which tests run, block all of
/// them, and a child with SIGTERM blocked cannot be terminated.
private let unblockSignals: GSpawnChildSetupFunc = { _ in
  var none = sigset_t()
  sigemptyset(&none)
  sigprocmask(SIG_SETMASK, &none, nil)
}

/// A child process of this one. Not thread-safe.
final class ChildProcess {
  private let process: OpaquePointer

  /// Starts `arguments[0]`, searched in PATH.
  ///
  /// - Parameters:
  ///   - environment: Variables to set in addition to this process's.
  ///   - output: A file for its standard output and standard error; nil to inherit ours.
  ///   - passing: Descriptors to pass on: (number here, number in the child). They are closed here.
  init(
    _ arguments: [String], environment: [String: String] = [:], output: String? = nil,
    passing: [(Int32, Int32)] = []
  ) throws(TestingError) {
    let launcher = g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_NONE)!
    defer { g_object_unref(UnsafeMutableRawPointer(launcher)) }
    g_subprocess_launcher_set_child_setup(launcher, unblockSignals, nil, nil)
    for (name, value) in environment { g_subprocess_launcher_setenv(launcher, name, value, 1) }
    for (source, target) in passing { g_subprocess_launcher_take_fd(launcher, source, target) }
    if let output {
      // One open file for both streams: with separate offsets each would overwrite the other.
      let file = open(output, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o600)
      guard file >= 0 else { throw TestingError("cannot write \(output)") }
      g_subprocess_launcher_take_stdout_fd(launcher, file)
      g_subprocess_launcher_take_stderr_fd(launcher, fcntl(file, F_DUPFD_CLOEXEC, 0))
    }
    var list: [UnsafePointer<CChar>?] = arguments.map { UnsafePointer(g_strdup($0)) } + [nil]
    defer { list.forEach { g_free(UnsafeMutableRawPointer(mutating: $0)) } }
    var error: UnsafeMutablePointer<GError>?
    guard let started = g_subprocess_launcher_spawnv(launcher, &list, &error) else {
      defer { g_error_free(error) }
      throw TestingError("cannot start \(arguments[0]): \(String(cString: error!.pointee.message))")
    }
    process = started
  }

  deinit {
    g_subprocess_force_exit(process)
    g_object_unref(UnsafeMutableRawPointer(process))
  }

  var pid: Int32? {
    g_subprocess_get_identifier(process).flatMap { Int32(String(cString: $0)) }
  }

  var isRunning: Bool { g_subprocess_get_identifier(process) != nil }

  /// The number of the signal that ended it, if that is one of a fault in its code.
  var crashSignal: Int32? {
    guard !isRunning, let status = try? wait(by: Deadline(seconds: 0)) else { return nil }
    return [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE].first { status == 128 + $0 }
  }

  func kill() { g_subprocess_force_exit(process) }

  /// Waits for its end. Returns the exit status, or 128 plus the signal's number.
  func wait(by deadline: Deadline) throws(TestingError) -> Int32 {
    let process = process
    return try eventually("the end of a process", by: deadline) {
      if g_subprocess_get_identifier(process) != nil { return nil }
      g_subprocess_wait(process, nil, nil)
      return g_subprocess_get_if_exited(process) != 0
        ? g_subprocess_get_exit_status(process) : 128 + g_subprocess_get_term_sig(process)
    }
  }
}
