// Electron's ipcMain: listeners and handlers by channel, with typed parameters.

internal import MartletGLib
public import MartletIPC
public import MartletClone

/// Receives messages and calls of renderers.
///
/// ```swift
/// ipcMain.on("set-title") { (event, title: String) in
///   BrowserWindow.from(event.sender)?.title = title
/// }
/// ipcMain.handle("add") { (_, a: Int, b: Int) in a + b }
/// ```
///
/// A parameter may have any `CloneDecodable` type: Swift's own types, optionals, arrays, dictionaries,
/// `[UInt8]`, types that conform to `CloneCodable`, and `CloneValue` for any value. A missing argument is
/// `undefined`, which an optional takes as `nil`. Extra arguments are ignored.
///
/// An argument that does not convert to the declared type rejects an `invoke`. It makes an `on` listener be
/// skipped, which is logged; a `sendSync` that no other listener answers then throws.
///
/// Electron: `ipcMain`, `webContents.ipc`.
public final class IpcMain {
  package typealias Emitter = IpcEmitter<IpcMainEvent, IpcMainInvokeEvent>

  /// The listeners and handlers, for the router.
  let emitter = Emitter()

  init() {}

  // MARK: Listening

  /// Calls `listener` for every message on a channel, after the listeners added before it. Electron:
  /// `ipcMain.on(channel, listener)`.
  ///
  /// - Parameters:
  ///   - channel: The channel's name.
  ///   - listener: Called with the event and the arguments, converted to the declared types.
  /// - Returns: The subscription. Cancelling it removes the listener, as Electron's `off` does.
  @discardableResult
  public func on<each A: CloneDecodable>(
    _ channel: String, _ listener: @escaping @MainActor (IpcMainEvent, repeat each A) -> Void
  ) -> Subscription {
    add(channel, once: false, listener)
  }

  /// Calls `listener` for the next message on a channel only. Electron: `ipcMain.once(channel, listener)`.
  @discardableResult
  public func once<each A: CloneDecodable>(
    _ channel: String, _ listener: @escaping @MainActor (IpcMainEvent, repeat each A) -> Void
  ) -> Subscription {
    add(channel, once: true, listener)
  }

  /// Removes the listeners of one channel, or of all channels. Handlers are not removed.
  ///
  /// - Parameter channel: The channel's name; nil for all channels.
  public func removeAllListeners(_ channel: String? = nil) {
    emitter.listeners.removeAll(channel)
  }

  /// The channels that have listeners.
  public var eventNames: [String] { emitter.listeners.channels }

  /// The number of listeners of a channel.
  public func listenerCount(_ channel: String) -> Int { emitter.listeners.count(channel) }

  private func add<each A: CloneDecodable>(
    _ channel: String, once: Bool, _ listener: @escaping @MainActor (IpcMainEvent, repeat each A) -> Void
  ) -> Subscription {
    let id = emitter.listeners.add(channel, once: once) { event, arguments in
      var reader = try ArgumentReader(arguments)
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

  /// Answers `ipcRenderer.invoke` on a channel with the handler's result. `nil` arrives as `undefined`.
  /// Electron: `ipcMain.handle(channel, listener)`.
  ///
  /// An error that the handler throws rejects the renderer's promise with `Error invoking remote method
  /// '<channel>': …`. The name, code and data of an `IpcError` reach the renderer.
  ///
  /// - Precondition: The channel has no handler. A second one stops the program with `Attempted to register a
  ///   second handler for '<channel>'`, where Electron throws. Call `removeHandler` first to replace it, or
  ///   use `tryHandle` for a channel whose name comes from elsewhere than the program.
  /// - Parameters:
  ///   - channel: The channel's name.
  ///   - handler: Called with the event and the arguments, converted to the declared types.
  public func handle<each A: CloneDecodable, R: CloneEncodable>(
    _ channel: String, _ handler: @escaping @MainActor (IpcMainInvokeEvent, repeat each A) async throws -> R
  ) {
    insist { () throws(DuplicateHandler) in try tryHandle(channel, handler) }
  }

  /// Like `handle`, for a handler without a result. The promise resolves with `undefined`.
  public func handle<each A: CloneDecodable>(
    _ channel: String,
    _ handler: @escaping @MainActor (IpcMainInvokeEvent, repeat each A) async throws -> Void
  ) {
    insist { () throws(DuplicateHandler) in try tryHandle(channel, handler) }
  }

  /// Like `handle`, for the next call only: the handler is removed before it runs. Electron:
  /// `ipcMain.handleOnce`.
  public func handleOnce<each A: CloneDecodable, R: CloneEncodable>(
    _ channel: String, _ handler: @escaping @MainActor (IpcMainInvokeEvent, repeat each A) async throws -> R
  ) {
    insist { () throws(DuplicateHandler) in try tryHandleOnce(channel, handler) }
  }

  /// Like `handleOnce`, for a handler without a result.
  public func handleOnce<each A: CloneDecodable>(
    _ channel: String,
    _ handler: @escaping @MainActor (IpcMainInvokeEvent, repeat each A) async throws -> Void
  ) {
    insist { () throws(DuplicateHandler) in try tryHandleOnce(channel, handler) }
  }

  /// Answers `ipcRenderer.invoke` on a channel with a reply object that the handler may keep. Use it when a
  /// later event brings the answer, and nothing can be awaited.
  ///
  /// A reply that is freed unanswered rejects the renderer's promise; see `InvokeReply`. The rules of
  /// `handle` apply. Electron has no counterpart.
  ///
  /// - Parameters:
  ///   - channel: The channel's name.
  ///   - handler: Called with the event, the reply, and the arguments, converted to the declared types.
  public func handleWithReply<each A: CloneDecodable>(
    _ channel: String,
    _ handler: @escaping @MainActor (IpcMainInvokeEvent, InvokeReply, repeat each A) -> Void
  ) {
    insist { () throws(DuplicateHandler) in try tryHandleWithReply(channel, handler) }
  }

  // MARK: Handling, for channels that may have a handler

  /// Like `handle`, but throws if the channel has a handler, as Electron does.
  ///
  /// - Throws: `DuplicateHandler` if the channel has a handler already.
  public func tryHandle<each A: CloneDecodable, R: CloneEncodable>(
    _ channel: String, _ handler: @escaping @MainActor (IpcMainInvokeEvent, repeat each A) async throws -> R
  ) throws(DuplicateHandler) {
    try emitter.handle(channel, once: false, erase(handler))
  }

  /// Like `tryHandle`, for a handler without a result.
  ///
  /// - Throws: `DuplicateHandler` if the channel has a handler already.
  public func tryHandle<each A: CloneDecodable>(
    _ channel: String,
    _ handler: @escaping @MainActor (IpcMainInvokeEvent, repeat each A) async throws -> Void
  ) throws(DuplicateHandler) {
    try emitter.handle(channel, once: false, erase(handler))
  }

  /// Like `handleOnce`, but throws if the channel has a handler, as Electron does.
  ///
  /// - Throws: `DuplicateHandler` if the channel has a handler already.
  public func tryHandleOnce<each A: CloneDecodable, R: CloneEncodable>(
    _ channel: String, _ handler: @escaping @MainActor (IpcMainInvokeEvent, repeat each A) async throws -> R
  ) throws(DuplicateHandler) {
    try emitter.handle(channel, once: true, erase(handler))
  }

  /// Like `tryHandleOnce`, for a handler without a result.
  ///
  /// - Throws: `DuplicateHandler` if the channel has a handler already.
  public func tryHandleOnce<each A: CloneDecodable>(
    _ channel: String,
    _ handler: @escaping @MainActor (IpcMainInvokeEvent, repeat each A) async throws -> Void
  ) throws(DuplicateHandler) {
    try emitter.handle(channel, once: true, erase(handler))
  }

  /// Like `handleWithReply`, but throws if the channel has a handler.
  ///
  /// - Throws: `DuplicateHandler` if the channel has a handler already.
  public func tryHandleWithReply<each A: CloneDecodable>(
    _ channel: String,
    _ handler: @escaping @MainActor (IpcMainInvokeEvent, InvokeReply, repeat each A) -> Void
  ) throws(DuplicateHandler) {
    try emitter.handle(
      channel, once: false,
      .replying { event, reply, arguments in
        var reader = try ArgumentReader(arguments)
        handler(event, reply, repeat try reader.next((each A).self))
      })
  }

  /// Removes the handler of a channel, if it has one. Electron: `ipcMain.removeHandler(channel)`.
  public func removeHandler(_ channel: String) {
    emitter.removeHandler(channel)
  }

  private func erase<each A: CloneDecodable, R: CloneEncodable>(
    _ handler: @escaping @MainActor (IpcMainInvokeEvent, repeat each A) async throws -> R
  ) -> Emitter.Handler {
    .returning { event, arguments in
      var reader = try ArgumentReader(arguments)
      return try await handler(event, repeat try reader.next((each A).self)).cloneValue()
    }
  }

  private func erase<each A: CloneDecodable>(
    _ handler: @escaping @MainActor (IpcMainInvokeEvent, repeat each A) async throws -> Void
  ) -> Emitter.Handler {
    .returning { event, arguments in
      var reader = try ArgumentReader(arguments)
      try await handler(event, repeat try reader.next((each A).self))
      return .undefined
    }
  }

  private func insist(_ register: () throws(DuplicateHandler) -> Void) {
    do { try register() } catch { fatalError("\(error)") }
  }
}

/// Receives the messages and calls of all renderers that no `ipc` of their frame or contents has handled.
public let ipcMain = IpcMain()
