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
/// Parameters may be any `CloneDecodable`: Swift's own types, optionals, arrays, dictionaries, `[UInt8]`,
/// types that conform to `CloneCodable`, and `CloneValue` for whatever came. Arguments that are missing are
/// `undefined`, which an optional takes as `nil`; those that are too many are ignored. One that is something
/// else than declared rejects an `invoke`, and makes an `on` listener be skipped with a line in the log,
/// which a `sendSync` that no other listener answers throws.
///
/// Electron: `ipcMain`, `webContents.ipc`.
public final class IpcMain {
  package typealias Emitter = IpcEmitter<IpcMainEvent, IpcMainInvokeEvent>

  /// What the router finds here.
  let emitter = Emitter()

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
    emitter.listeners.removeAll(channel)
  }

  /// The channels that have listeners.
  public var eventNames: [String] { emitter.listeners.channels }

  /// How many listeners a channel has.
  public func listenerCount(_ channel: String) -> Int { emitter.listeners.count(channel) }

  private func add<each A: CloneDecodable>(
    _ channel: String, once: Bool, _ listener: @escaping @MainActor (IpcMainEvent, repeat each A) -> Void
  ) -> Subscription {
    let id = emitter.listeners.add(channel, once: once) { event, arguments in
      var reader = ArgumentReader(arguments)
      listener(event, repeat try reader.next((each A).self))
    }
    if emitter.listeners.isNewlyCrowded(channel) {
      Log.warning(
        "Possible EventEmitter memory leak detected. \(listenerCount(channel)) '\(channel)' listeners added: "
          + "remove those that are not needed any more.")
    }
    return Subscription { [weak self] in self?.emitter.listeners.remove(channel, id: id) }
  }

  // MARK: Handling

  /// Answers `ipcRenderer.invoke` on `channel` with what `handler` returns; `nil` arrives as `undefined`.
  ///
  /// An error that it throws rejects the renderer's promise with `Error invoking remote method '<channel>':
  /// …`; one that conforms to `IpcError` brings its name, code and data.
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
    insist { () throws(DuplicateHandler) in try emitter.handle(channel, once: true, erase(handler)) }
  }

  /// Like `handleOnce`, for a handler that returns nothing.
  public func handleOnce<each A: CloneDecodable>(
    _ channel: String,
    _ handler: @escaping @MainActor (IpcMainInvokeEvent, repeat each A) async throws -> Void
  ) {
    insist { () throws(DuplicateHandler) in try emitter.handle(channel, once: true, erase(handler)) }
  }

  /// Like `handle`, but a second handler is thrown as an error.
  public func tryHandle<each A: CloneDecodable, R: CloneEncodable>(
    _ channel: String, _ handler: @escaping @MainActor (IpcMainInvokeEvent, repeat each A) async throws -> R
  ) throws(DuplicateHandler) {
    try emitter.handle(channel, once: false, erase(handler))
  }

  /// Like `tryHandle`, for a handler that returns nothing.
  public func tryHandle<each A: CloneDecodable>(
    _ channel: String,
    _ handler: @escaping @MainActor (IpcMainInvokeEvent, repeat each A) async throws -> Void
  ) throws(DuplicateHandler) {
    try emitter.handle(channel, once: false, erase(handler))
  }

  /// Answers `ipcRenderer.invoke` on `channel` by a reply that the handler may keep: for an answer that
  /// another event brings, where there is nothing to `await`.
  ///
  /// A reply that is let go of unanswered rejects the renderer's promise; see `InvokeReply`. What holds for
  /// `handle` holds here, too.
  public func handleWithReply<each A: CloneDecodable>(
    _ channel: String,
    _ handler: @escaping @MainActor (IpcMainInvokeEvent, InvokeReply, repeat each A) -> Void
  ) {
    insist { () throws(DuplicateHandler) in
      try emitter.handle(
        channel, once: false,
        .replying { event, reply, arguments in
          var reader = ArgumentReader(arguments)
          handler(event, reply, repeat try reader.next((each A).self))
        })
    }
  }

  /// Removes the handler of `channel`, if it has one.
  public func removeHandler(_ channel: String) {
    emitter.removeHandler(channel)
  }

  private func erase<each A: CloneDecodable, R: CloneEncodable>(
    _ handler: @escaping @MainActor (IpcMainInvokeEvent, repeat each A) async throws -> R
  ) -> Emitter.Handler {
    .returning { event, arguments in
      var reader = ArgumentReader(arguments)
      return try await handler(event, repeat try reader.next((each A).self)).cloneValue()
    }
  }

  private func erase<each A: CloneDecodable>(
    _ handler: @escaping @MainActor (IpcMainInvokeEvent, repeat each A) async throws -> Void
  ) -> Emitter.Handler {
    .returning { event, arguments in
      var reader = ArgumentReader(arguments)
      try await handler(event, repeat try reader.next((each A).self))
      return .undefined
    }
  }

  private func insist(_ register: () throws(DuplicateHandler) -> Void) {
    do { try register() } catch { fatalError("\(error)") }
  }
}

/// What every renderer's messages come to when nothing nearer takes them.
public let ipcMain = IpcMain()
