// What pages write to their consoles, whole. The event `console-message` has the first argument alone,
// because WebKit (2.50.6) tells a web-process extension no more. But it writes all arguments to the web
// process's standard error, as `URL:LINE:COLUMN: CONSOLE LEVEL TEXT`, without the place where it knows none.
// The web process has ours, so ours becomes a pipe, whose reader passes on consoles to standard output and
// everything else to where it was to go.

// `stderr` is a variable of C's.
@preconcurrency import Glibc

nonisolated final class ConsoleOutput {
  private let reader: pthread_t

  /// Call this before any web process is there.
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

  /// Returns when all that was written before has been printed.
  func finish() {
    // No console writes a zero, and what comes before it in the pipe is read before it.
    _ = [LineSorter.end].withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, 1) }
    pthread_join(reader, nil)
  }
}

/// Reads lines and tells a console's from others.
private nonisolated final class LineSorter {
  static let end: UInt8 = 0

  private let source: Int32
  private let otherLines: Int32
  /// Where the line before went: a text may have several.
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
      // What GLib has to say begins so.
      if text.hasPrefix("(WebKit") || text.hasPrefix("** ") { isInConsole = false }
      put(line, isInConsole ? STDOUT_FILENO : otherLines)
    }
  }

  /// What WebKit puts before a text: where it comes from, what kind it is unless it is a simple one, how bad
  /// it is.
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
