// The handlers of `invoke`: one per channel, rules S-27, S-28 and S-37.

/// Handlers by channel.
public struct HandlerTable<Handler> {
  private var handlers: [String: (handler: Handler, once: Bool)] = [:]

  public init() {}

  /// - Throws: `DuplicateHandler` when the channel has one already.
  public mutating func add(_ channel: String, once: Bool, _ handler: Handler) throws(DuplicateHandler) {
    guard handlers[channel] == nil else { throw DuplicateHandler(channel: channel) }
    handlers[channel] = (handler, once)
  }

  /// Removing where there is none is no error.
  public mutating func remove(_ channel: String) {
    handlers[channel] = nil
  }

  /// The handler for one call. One that was to run once is gone with this, before it runs (S-28).
  public mutating func take(_ channel: String) -> Handler? {
    guard let entry = handlers[channel] else { return nil }
    if entry.once { handlers[channel] = nil }
    return entry.handler
  }
}

/// A channel has a handler already (S-27).
public struct DuplicateHandler: Error, CustomStringConvertible {
  public let channel: String

  public var description: String { "Attempted to register a second handler for '\(channel)'" }
}
