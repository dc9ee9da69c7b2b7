// The handlers of `invoke`: one per channel, rules S-27, S-28 and S-37.

public import MartletClone

/// Handlers by channel.
package struct HandlerTable<Handler> {
  private var handlers: [ChannelName: (handler: Handler, once: Bool)] = [:]

  package init() {}

  /// - Throws: `DuplicateHandler` when the channel has one already.
  package mutating func add(_ channel: String, once: Bool, _ handler: Handler) throws(DuplicateHandler) {
    let name = ChannelName(channel)
    guard handlers[name] == nil else { throw DuplicateHandler(channel: channel) }
    handlers[name] = (handler, once)
  }

  /// Removing where there is none is no error.
  package mutating func remove(_ channel: String) {
    handlers[ChannelName(channel)] = nil
  }

  /// The handler for one call. One that was to run once is gone with this, before it runs (S-28).
  package mutating func take(_ channel: String) -> Handler? {
    let name = ChannelName(channel)
    guard let entry = handlers[name] else { return nil }
    if entry.once { handlers[name] = nil }
    return entry.handler
  }
}

/// A channel has a handler already (S-27).
public struct DuplicateHandler: MartletError {
  public let channel: String

  public var code: ErrorCode { .ipcDuplicateHandler }
  /// Electron's text, and the remedy.
  public var message: String {
    "Attempted to register a second handler for '\(channel)': call removeHandler first to replace it"
  }
}

extension ErrorCode {
  /// A channel can have one handler.
  public static let ipcDuplicateHandler: ErrorCode = "ERR_IPC_DUPLICATE_HANDLER"
}
