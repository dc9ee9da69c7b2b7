// The app's log is GLib's structured log: `G_MESSAGES_DEBUG=Martlet` enables debug lines, and journald stores
// the fields.

internal import CMartletShim
internal import CMartletWebKit
internal import Glibc

/// Writes lines to GLib's log. Lines that a page or a web process can cause go through `PageLog`.
package nonisolated enum Log {
  /// Flushes the output of `print` at every line end, whatever standard output is.
  package static func printLineByLine() {
    martlet_line_buffer_output()
  }

  /// A debug line. The message is only created when debug lines are enabled.
  package static func debug(_ message: @autoclosure () -> String) {
    if g_log_writer_default_would_drop(G_LOG_LEVEL_DEBUG, "Martlet") == 0 {
      martlet_log(G_LOG_LEVEL_DEBUG, "Martlet", message().asLogLine())
    }
  }

  package static func critical(_ message: String, domain: String = "Martlet") {
    martlet_log(G_LOG_LEVEL_CRITICAL, domain, message)
  }

  package static func warning(_ message: String, domain: String = "Martlet") {
    martlet_log(G_LOG_LEVEL_WARNING, domain, message)
  }

  /// When WebKit aborts, logs `meaning` and WebKit's own line, and exits with status 1 instead of a trap.
  /// WebKit's lines are those without a domain.
  package static func explainEnd(_ meaning: String) {
    let levels = G_LOG_LEVEL_ERROR.rawValue | G_LOG_FLAG_FATAL.rawValue | G_LOG_FLAG_RECURSION.rawValue
    g_log_set_handler(
      nil, GLogLevelFlags(rawValue: levels),
      { _, _, line, meaning in
        let meaning = meaning.map { String(cString: $0.assumingMemoryBound(to: CChar.self)) } ?? ""
        Log.critical("\(meaning) (WebKit: \(line.map { String($0, limit: 1 << 10) } ?? ""))")
        exit(1)
      }, strdup(meaning))
  }
}
