// The app's log is GLib's structured log: `G_MESSAGES_DEBUG=Martlet` shows the fine print, journald keeps fields.

internal import CShim
internal import CWebKit

/// Writes lines to GLib's log.
package nonisolated enum Log {
  /// Makes what `print` writes reach its reader at every line's end, whoever reads.
  package static func printLineByLine() {
    martlet_line_buffer_output()
  }

  package static func debug(_ message: String, domain: String = "Martlet") {
    martlet_log(G_LOG_LEVEL_DEBUG, domain, message)
  }

  package static func message(_ message: String, domain: String = "Martlet") {
    martlet_log(G_LOG_LEVEL_MESSAGE, domain, message)
  }

  package static func critical(_ message: String, domain: String = "Martlet") {
    martlet_log(G_LOG_LEVEL_CRITICAL, domain, message)
  }

  package static func warning(_ message: String, domain: String = "Martlet") {
    martlet_log(G_LOG_LEVEL_WARNING, domain, message)
  }
}
