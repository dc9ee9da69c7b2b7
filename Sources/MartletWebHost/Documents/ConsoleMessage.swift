// A message that a page printed to its console.

internal import CMartletWebKit
internal import CMartletWire

/// One message of a page's console. It has only the first argument of `console.log('a', 1)`, because WebKit
/// reports no more. The app's log, its standard error, has all arguments, in lines of up to 64 KiB.
public struct ConsoleMessage {
  /// A console level. Later versions may add more.
  public nonisolated struct Level: Hashable, Sendable, CustomStringConvertible {
    /// In the order of the extension's numbers.
    enum Value: UInt32 { case info, log, warning, error, debug }
    let value: Value
    public var description: String { "\(value)" }

    /// `console.info`.
    public static let info = Level(value: .info)
    /// `console.log`, and methods that have no level of their own.
    public static let log = Level(value: .log)
    /// `console.warn`, and warnings of the engine.
    public static let warning = Level(value: .warning)
    /// `console.error`, and uncaught exceptions.
    public static let error = Level(value: .error)
    /// `console.debug`.
    public static let debug = Level(value: .debug)
  }

  /// The severity.
  public let level: Level
  /// The first argument as text, without substitutions for `%s`. At most 16 KiB; "…" marks a text that was
  /// cut.
  public let text: String
  /// The URL of the script that printed it.
  public let source: String
  /// The line in `source`, from 1. 0 if it is not known.
  public let line: Int
  /// Whether the message is about a resource that failed to load. WebKit does not write those to the log.
  package let isOfNetwork: Bool

  /// Nil when `message` is another message of the extension, or is malformed. The extension keeps to the
  /// limits, but is trusted no more than the page.
  init?(_ message: OpaquePointer) {
    if let fields = UserMessage(message, named: "console-dropped", of: "(t)") {
      level = .warning
      line = 0
      text = "\(fields.uint64(0)) more messages were dropped: too many in a second"
      source = ""
      isOfNetwork = false
      return
    }
    guard let fields = UserMessage(message, named: "console", of: "(uussb)") else { return nil }
    level = Level(value: Level.Value(rawValue: fields.uint32(0)) ?? .log)
    line = Int(fields.uint32(1))
    text = fields.text(2, limit: Int(MARTLET_CONSOLE_TEXT_LIMIT))
    source = fields.text(3, limit: Int(MARTLET_CONSOLE_SOURCE_LIMIT))
    isOfNetwork = fields.bool(4)
  }
}
