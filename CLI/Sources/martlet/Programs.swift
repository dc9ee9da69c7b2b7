// Other programs: runs them to their end, reads their output, or replaces this process with them.

import ArgumentParser
import Glibc

enum Programs {
  /// Path of a program in PATH; nil if it is missing.
  static func find(_ name: String) -> String? {
    if name.contains("/") { return Files.exists(name) ? name : nil }
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    return path.split(separator: ":").map { "\($0)/\(name)" }.first {
      access($0, X_OK) == 0 && !Files.isFolder($0)
    }
  }

  /// Runs a program to its end and returns its exit status.
  @discardableResult
  static func run(_ arguments: [String]) throws -> Int32 {
    try wait(for: start(arguments, actions: nil))
  }

  /// Runs a program and throws when it fails.
  static func check(_ arguments: [String]) throws {
    let status = try run(arguments)
    if status != 0 { throw ExitCode(status) }
  }

  /// Standard output of a program; nil when it is missing or fails.
  static func output(of arguments: [String]) -> String? {
    guard let (status, output) = result(of: arguments), status == 0 else { return nil }
    return output
  }

  /// Exit status and standard output of a program; nil when it is missing.
  static func result(of arguments: [String]) -> (status: Int32, output: String)? {
    guard find(arguments[0]) != nil else { return nil }
    var pipe: [Int32] = [0, 0]
    guard Glibc.pipe(&pipe) == 0 else { return nil }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addclose(&actions, pipe[0])
    posix_spawn_file_actions_addclose(&actions, pipe[1])
    let process = try? start(arguments, actions: &actions)
    close(pipe[1])
    defer { close(pipe[0]) }
    guard let process else { return nil }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while case let count = read(pipe[0], &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
    return (wait(for: process), String(decoding: bytes, as: UTF8.self))
  }

  /// Replaces this process with another program (exec).
  static func become(_ arguments: [String]) throws -> Never {
    withArguments(arguments) { _ = execvp($0[0]!, $0) }
    throw FileError("cannot start \(arguments[0])", errno)
  }

  private static func start(
    _ arguments: [String], actions: UnsafePointer<posix_spawn_file_actions_t>?
  ) throws -> pid_t {
    var process: pid_t = 0
    let failure = withArguments(arguments) { posix_spawnp(&process, $0[0]!, actions, nil, $0, environ) }
    guard failure == 0 else { throw FileError("cannot start \(arguments[0])", failure) }
    return process
  }

  private static func wait(for process: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7f
    return signal == 0 ? (status >> 8) & 0xff : 128 + signal
  }

  private static func withArguments<R>(
    _ arguments: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> R
  ) -> R {
    var list = arguments.map { strdup($0) } + [nil]
    defer { list.forEach { free($0) } }
    return list.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
  }
}
