// What a page printed.

internal import CWebKit

/// One message of a page's console. Of `console.log('a', 1)` it has the first argument alone, because WebKit tells no
/// more; the app's log, its standard error, has all of them.
public struct ConsoleMessage {
  public enum Level: UInt32, Sendable {
    case info, log, warning, error, debug
  }

  public let level: Level
  /// The first argument as text, without what a `%s` in it stands for.
  public let text: String
  /// The script that printed it, and the line.
  public let source: String
  public let line: Int
  /// Whether it is of a resource that could not be had: WebKit writes no line of that to the log.
  package let isOfNetwork: Bool

  /// Nil when `message` is another one of the extension's messages, or not of its form.
  init?(_ message: OpaquePointer) {
    guard let fields = UserMessage(message, named: "console", of: "(uussb)") else { return nil }
    level = Level(rawValue: fields.uint32(0)) ?? .log
    line = Int(fields.uint32(1))
    text = fields.text(2)
    source = fields.text(3)
    isOfNetwork = fields.bool(4)
  }
}
