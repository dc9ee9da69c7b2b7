// Electron's ipcMain: listeners and handlers by channel, with typed parameters.

internal import MartletGLib
public import MartletIPC
public import MartletClone

/// Receives what renderers send.
///
/// ```swift
/// ipcMain.on("set-title") { (event, title: String) in
///   BrowserWindow.from(event.sender)?.title = title
/// }
/// ipcMain.handle("add") { (_, a: Int, b: Int) in a + b }
/// ```
///
/// Parameters may be any `CloneDecodable`: Swift's own types, optionals, arrays, dictionaries, `[UInt8]`, types
/// that conform to `CloneCodable`, and `CloneValue` for whatever came. Arguments that are missing are `undefined`,
/// which an optional takes as `nil`; those that are too many are ignored. One that is something else than
/// declared rejects an `invoke`, and makes an `on` listener be skipped with a line in the log, which a `sendSync` that no
/// other listener answers throws.
///
/// Electron: `ipcMain`, `webContents.ipc`.
public final class IpcMain {
  typealias Listener = @MainActor (IpcMainEvent, ArraySlice<CloneValue>) throws -> Void
  typealias ReturningHandler =
    @MainActor (IpcMainInvokeEvent, ArraySlice<CloneValue>) async throws -> CloneValue

  /// How a handler answers: by what it returns, or by the reply it is given.
  enum Handler {
    case returning(ReturningHandler)
    case replying(@MainActor (IpcMainInvokeEvent, InvokeReply, ArraySlice<CloneValue>) throws -> Void)
  }

  private var listeners = ListenerTable<Listener>()
  private var handlers = HandlerTable<Handler>()

  init() {}

  // MARK: Listening

  /// Calls `listener` for every message on `channel`, after the listeners that are there already.
  @discardableResult
  public func on<each A: CloneDecodable>(
    _ channel: String, _ listener: @escaping @MainActor (IpcMainEvent, repeat each A) -> Void
  ) -> Subscription {
    add(channel, once: false, listener)
  }

  /// Calls `listener` for the next message on `channel` only.
  @discardableResult
  public func once<each A: CloneDecodable>(
    _ channel: String, _ listener: @escaping @MainActor (IpcMainEvent, repeat each A) -> Void
  ) -> Subscription {
    add(channel, once: true, listener)
  }

  /// Removes the listeners of one channel, or of all. Handlers stay.
  public func removeAllListeners(_ channel: String? = nil) {
    listeners.removeAll(channel)
  }

  /// The channels that have listeners.
  public var eventNames: [String] { listeners.channels }

  /// How many listeners a channel has.
  public func listenerCount(_ channel: String) -> Int { listeners.count(channel) }

  private func add<each A: CloneDecodable>(
    _ channel: String, once: Bool, _ listener: @escaping @MainActor (IpcMainEvent, repeat each A) -> Void
  ) -> Subscription {
    let id = listeners.add(channel, once: once) { event, arguments in
      var reader = ArgumentReader(arguments)
      listener(event, repeat try reader.next((each A).self))
    }
    if listeners.isNewlyCrowded(channel) {
      Log.warning(
        "Possible EventEmitter memory leak detected. \(listenerCount(channel)) '\(channel)' listeners added: remove those that are not needed any more."
      )
    }
    return Subscription { [weak self] in self?.listeners.remove(channel, id: id) }
  }

  // MARK: Handling

  /// Answers `ipcRenderer.invoke` on `channel` with what `handler` returns; `nil` arrives as `undefined`.
  ///
  /// An error that it throws rejects the renderer's promise with
  /// `Error invoking remote method '<channel>': …`; one that conforms to `IpcError` brings its name, code and data.
  ///
  /// A channel has one handler: a second one is a mistake in the program and stops it with
  /// `Attempted to register a second handler for '<channel>'`. Use `removeHandler` first to replace one, or
  /// `tryHandle` where the channel is not the program's own.
  public func handle<each A: CloneDecodable, R: CloneEncodable>(
    _ channel: String, _ handler: @escaping @MainActor (IpcMainInvokeEvent, repeat each A) async throws -> R
  ) {
    insist { () throws(DuplicateHandler) in try tryHandle(channel, handler) }
  }

  /// Like `handle`, for a handler that returns nothing: the promise resolves with `undefined`.
  public func handle<each A: CloneDecodable>(
    _ channel: String,
    _ handler: @escaping @MainActor (IpcMainInvokeEvent, repeat each A) async throws -> Void
  ) {
    insist { () throws(DuplicateHandler) in try tryHandle(channel, handler) }
  }

  /// Like `handle`, for the next call only: the handler is gone before it runs.
  public func handleOnce<each A: CloneDecodable, R: CloneEncodable>(
    _ channel: String, _ handler: @escaping @MainActor (IpcMainInvokeEvent, repeat each A) async throws -> R
  ) {
    insist { () throws(DuplicateHandler) in try handlers.add(channel, once: true, erase(handler)) }
  }

  /// Like `handleOnce`, for a handler that returns nothing.
  public func handleOnce<each A: CloneDecodable>(
    _ channel: String,
    _ handler: @escaping @MainActor (IpcMainInvokeEvent, repeat each A) async throws -> Void
  ) {
    insist { () throws(DuplicateHandler) in try handlers.add(channel, once: true, erase(handler)) }
  }

  /// Like `handle`, but a second handler is thrown as an error.
  public func tryHandle<each A: CloneDecodable, R: CloneEncodable>(
    _ channel: String, _ handler: @escaping @MainActor (IpcMainInvokeEvent, repeat each A) async throws -> R
  ) throws(DuplicateHandler) {
    try handlers.add(channel, once: false, erase(handler))
  }

  /// Like `tryHandle`, for a handler that returns nothing.
  public func tryHandle<each A: CloneDecodable>(
    _ channel: String,
    _ handler: @escaping @MainActor (IpcMainInvokeEvent, repeat each A) async throws -> Void
  ) throws(DuplicateHandler) {
    try handlers.add(channel, once: false, erase(handler))
  }

  /// Answers `ipcRenderer.invoke` on `channel` by a reply that the handler may keep: for an answer that another
  /// event brings, where there is nothing to `await`.
  ///
  /// A reply that is let go of unanswered rejects the renderer's promise; see `InvokeReply`. What holds for `handle`
  /// holds here, too.
  public func handleWithReply<each A: CloneDecodable>(
    _ channel: String,
    _ handler: @escaping @MainActor (IpcMainInvokeEvent, InvokeReply, repeat each A) -> Void
  ) {
    insist { () throws(DuplicateHandler) in
      try handlers.add(
        channel, once: false,
        .replying { event, reply, arguments in
          var reader = ArgumentReader(arguments)
          handler(event, reply, repeat try reader.next((each A).self))
        })
    }
  }

  /// Removes the handler of `channel`, if it has one.
  public func removeHandler(_ channel: String) {
    handlers.remove(channel)
  }

  private func erase<each A: CloneDecodable, R: CloneEncodable>(
    _ handler: @escaping @MainActor (IpcMainInvokeEvent, repeat each A) async throws -> R
  ) -> Handler {
    .returning { event, arguments in
      var reader = ArgumentReader(arguments)
      return try await handler(event, repeat try reader.next((each A).self)).cloneValue()
    }
  }

  private func erase<each A: CloneDecodable>(
    _ handler: @escaping @MainActor (IpcMainInvokeEvent, repeat each A) async throws -> Void
  ) -> Handler {
    .returning { event, arguments in
      var reader = ArgumentReader(arguments)
      try await handler(event, repeat try reader.next((each A).self))
      return .undefined
    }
  }

  private func insist(_ register: () throws(DuplicateHandler) -> Void) {
    do { try register() } catch { fatalError("\(error)") }
  }

  // MARK: Dispatch

  /// Runs the listeners of `channel`; false when there is none.
  func emit(_ channel: String, _ event: IpcMainEvent, _ arguments: ArraySlice<CloneValue>) -> Bool {
    let taken = listeners.take(channel)
    for listener in taken {
      do {
        try listener(event, arguments)
      } catch {
        let line = "Listener for '\(channel)' skipped: \(error)".cut(to: 600)
        event.sender.report(.skippedListener, line)
        event.skipped(line)
      }
    }
    return !taken.isEmpty
  }

  func takeHandler(_ channel: String) -> Handler? { handlers.take(channel) }
}

/// What every renderer's messages come to when nothing nearer takes them.
public let ipcMain = IpcMain()
