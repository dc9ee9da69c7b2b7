// Prints the complete console output of pages. The event `console-message` has only the first argument,
// because WebKit (2.50.6) reports no more to a web-process extension. But WebKit writes all arguments to the
// web process's standard error, as `URL:LINE:COLUMN: CONSOLE LEVEL TEXT`, without the location if it is
// unknown.
//
// The web process inherits our standard error, which is therefore replaced by a pipe. Its reader forwards
// console lines to standard output and all others to the original standard error.

// `stderr` is a global variable of C.
@preconcurrency import Glibc

nonisolated final class ConsoleOutput {
  private let reader: pthread_t

  /// Redirects standard error. Call it before the first web process starts; nil on failure.
  init?() {
    var pipe: [Int32] = [0, 0]
    let standardError = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    guard let ownLog = fdopen(standardError, "w"), Glibc.pipe(&pipe) == 0,
      dup2(pipe[1], STDERR_FILENO) >= 0
    else { return nil }
    setvbuf(ownLog, nil, _IONBF, 0)
    stderr = ownLog
    close(pipe[1])
    _ = fcntl(pipe[0], F_SETFD, FD_CLOEXEC)
    let sorter = Unmanaged.passRetained(LineSorter(from: pipe[0], otherLines: standardError))
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, nil,
      { context in
        Unmanaged<LineSorter>.fromOpaque(context!).takeRetainedValue().run()
        return nil
      }, sorter.toOpaque())
    guard failure == 0 else { return nil }
    reader = thread
  }

  /// Returns when everything written before has been printed.
  func finish() {
    // Console output never contains a zero byte, and the pipe keeps the order, so a zero marks its end.
    _ = [LineSorter.end].withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, 1) }
    pthread_join(reader, nil)
  }
}

/// Separates console lines from others.
private nonisolated final class LineSorter {
  static let end: UInt8 = 0

  private let source: Int32
  private let otherLines: Int32
  /// Whether the last line was console output, because a message may have several lines.
  private var isInConsole = false

  init(from source: Int32, otherLines: Int32) {
    self.source = source
    self.otherLines = otherLines
  }

  func run() {
    var line: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while case let count = read(source, &chunk, chunk.count), count > 0 {
      for byte in chunk[..<count] {
        if byte == Self.end { return }
        line.append(byte)
        if byte == UInt8(ascii: "\n") {
          sort(line)
          line = []
        }
      }
    }
  }

  private func sort(_ line: [UInt8]) {
    let text = String(decoding: line, as: UTF8.self)
    if let prefix = text.prefixMatch(of: prefix) {
      isInConsole = true
      put(text[prefix.range.upperBound...].utf8, STDOUT_FILENO)
    } else {
      // Messages of GLib begin with these.
      if text.hasPrefix("(WebKit") || text.hasPrefix("** ") { isInConsole = false }
      put(line, isInConsole ? STDOUT_FILENO : otherLines)
    }
  }

  /// WebKit's prefix of a console message: location, source unless it is the console API, type unless it is a
  /// plain log, level.
  private let prefix =
    #/
    (?: \S* : \d+ : \d+ : \x20 )?
    CONSOLE
    (?: \x20 (?: JS | XML | NETWORK | STORAGE | RENDERING | CSS | SECURITY | MEDIA | OTHER ) )?
    (?: \x20 (?: DIR | DIRXML | TABLE | TRACE | STARTGROUP | STARTGROUPCOLLAPSED | ENDGROUP | CLEAR | ASSERT
      | TIMING | PROFILE | PROFILEEND | IMAGE ) )?
    (?: \x20 (?: LOG | DEBUG | INFO | WARN | ERROR ) )?
    \x20?
    /#

  private func put(_ bytes: some Collection<UInt8>, _ file: Int32) {
    let bytes = Array(bytes)
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      if count < 0 { return }
      written += count
    }
  }
}
