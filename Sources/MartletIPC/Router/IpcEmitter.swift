// One emitter of calls: that of the app, of a page, or of a frame. Rules S-20 to S-28 and S-37.

public import MartletClone

/// Listeners and handlers by channel.
@MainActor package final class IpcEmitter<Event, InvokeEvent> {
  package typealias Listener = @MainActor (Event, IpcArguments) throws -> Void

  /// The two ways of a handler to answer: the value that it returns, or the reply object that it is given.
  package enum Handler {
    case returning(@MainActor (InvokeEvent, IpcArguments) async throws -> CloneValue)
    case replying(@MainActor (InvokeEvent, InvokeReply, IpcArguments) throws -> Void)
  }

  package var listeners = ListenerTable<Listener>()
  private var handlers: [ChannelName: (handler: Handler, once: Bool)] = [:]

  package init() {}

  /// Runs the listeners of `channel` in order. `skipped` gets an error for each whose arguments do not match
  /// its types.
  ///
  /// - Returns: Whether the channel has listeners.
  package func emit(
    _ channel: String, _ event: Event, _ arguments: IpcArguments, skipped: (any Error) -> Void
  ) -> Bool {
    let taken = listeners.take(channel)
    for listener in taken {
      do { try listener(event, arguments) } catch { skipped(error) }
    }
    return !taken.isEmpty
  }

  /// - Throws: `DuplicateHandler` when the channel already has a handler.
  package func handle(_ channel: String, once: Bool, _ handler: Handler) throws(DuplicateHandler) {
    let name = ChannelName(channel)
    guard handlers[name] == nil else { throw DuplicateHandler(channel: channel) }
    handlers[name] = (handler, once)
  }

  /// Removes the handler of `channel`, if there is one.
  package func removeHandler(_ channel: String) {
    handlers[ChannelName(channel)] = nil
  }

  /// The handler for one call. A handler that was added for one call only is removed before it runs (S-28).
  func takeHandler(_ channel: String) -> Handler? {
    let name = ChannelName(channel)
    guard let entry = handlers[name] else { return nil }
    if entry.once { handlers[name] = nil }
    return entry.handler
  }
}

/// The channel already has a handler (S-27).
public struct DuplicateHandler: MartletError {
  /// The channel that has a handler.
  public let channel: String

  public var code: ErrorCode { .ipcDuplicateHandler }
  /// Electron's text, and the remedy.
  public var message: String {
    "Attempted to register a second handler for '\(channel)': call removeHandler first to replace it"
  }
}

extension ErrorCode {
  /// The channel already has a handler.
  public static let ipcDuplicateHandler: ErrorCode = "ERR_IPC_DUPLICATE_HANDLER"
}
