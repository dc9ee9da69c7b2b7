// What a page printed.

internal import CWebKit

/// One line of a page's console.
public struct ConsoleMessage {
  public enum Level: UInt32, Sendable {
    case info, log, warning, error, debug
  }

  public let level: Level
  public let text: String
  /// The script that printed it, and the line.
  public let source: String
  public let line: Int

  /// Nil when `message` is another one of the extension's messages, or not of its form.
  init?(_ message: OpaquePointer) {
    guard let fields = UserMessage(message, named: "console", of: "(uuss)") else { return nil }
    level = Level(rawValue: fields.uint32(0)) ?? .log
    line = Int(fields.uint32(1))
    text = fields.text(2)
    source = fields.text(3)
  }
}
