// Electron's MessagePortMain: one end of a kernel socket. Transferring a port sends the socket itself, so two
// other holders communicate without the main process. PortRelay handles a port whose other end reads slowly.

internal import MartletGLib
package import MartletIPC
public import MartletClone
internal import MartletWebHost

/// One end of a message channel, in the main process.
///
/// Messages are queued until `start()`. A started and connected port stays alive without a reference. A port
/// that is not started is closed when its last reference is dropped; the other end then emits `close`.
///
/// Electron: `MessagePortMain`. Electron queues messages in the browser process; here the new holder of a
/// transferred port has its socket.
public final class MessagePortMain: EventSource {
  public let _events = _EventTable()
  /// Nil if the port was closed from the start.
  private var lane: LaneSource?
  private var state: State

  private enum State { case idle, started, closed, neutered }

  /// Ports that stay alive without a reference.
  private static var started: [ObjectIdentifier: MessagePortMain] = [:]

  /// Makes a port; a closed one without a socket.
  init(_ socket: OwnedDescriptor?) {
    state = socket == nil ? .closed : .idle
    lane = socket.map { LaneSource($0, gathers: false, receiver: self) }
  }

  isolated deinit {
    // A transferred port may be transferred again by its new holder.
    if state != .neutered { lane?.close(flushing: true) }
  }

  // MARK: Sending

  /// Sends a message, optionally with ports, to the other end. It does nothing if this port is closed or was
  /// transferred. Electron: `port.postMessage(message, [transfer])`.
  ///
  /// - Parameters:
  ///   - message: Any value that can be cloned; `nil` arrives as `null`.
  ///   - transfer: Ports to transfer. They cannot be used here afterwards.
  /// - Throws: `MessagePortError` if a port cannot be transferred, or `CloneError` if the message cannot be
  ///   cloned: then nothing was sent, and no port transferred. `IpcSendError` if the other end does not read,
  ///   which closes this port, or the system has no memory or descriptors left: then the transferred ports
  ///   are closed.
  public func postMessage(
    _ message: (any CloneEncodable)?, transfer: [MessagePortMain] = []
  ) throws {
    let envelope = try Envelope.encode(.portMessage, message?.cloneValue() ?? .null)
    try MessagePortError.check(transfer, source: self)
    guard state == .idle || state == .started else { return }
    do throws(SendError) {
      try lane?.send(envelope, ports: Self.take(transfer))
    } catch {
      if error != .closed { throw IpcSendError(error) }
    }
  }

  // MARK: Receiving

  /// Starts delivering messages, queued ones first. It does nothing if the port is started. Electron:
  /// `port.start()`.
  public func start() {
    guard state == .idle else { return }
    state = .started
    Self.started[ObjectIdentifier(self)] = self
    lane?.start()
  }

  // MARK: The end

  /// Closes both ends. Messages sent before arrive first, and both ends emit `close`. Electron:
  /// `port.close()`.
  public func close() {
    guard state == .idle || state == .started else { return }
    lane?.close(flushing: true)
    ended()
  }

  private func ended() {
    state = .closed
    // This may drop the last other reference.
    let port = self
    Self.started[ObjectIdentifier(self)] = nil
    // Deferred, like every event of a port: it is never emitted inside the call that causes it.
    MainLoop.soon { port.emit(.close) }
  }

  var isNeutered: Bool { state == .neutered }

  /// Takes the sockets of ports to transfer. A closed port arrives as a closed port: its socket has no other
  /// end.
  ///
  /// - Throws: `SendError.exhausted`. No port was taken then.
  static func take(_ ports: [MessagePortMain]) throws(SendError) -> [OwnedDescriptor] {
    var pairs: [(OwnedDescriptor, OwnedDescriptor)?] = []
    for port in ports {
      let needsPair = port.state == .closed || port.lane?.flushBriefly() == false
      let pair = needsPair ? OwnedDescriptor.pair() : nil
      guard !needsPair || pair != nil else { throw .exhausted }
      pairs.append(pair)
    }
    return zip(ports, pairs).compactMap { port, pair in port.neuter(pair) }
  }

  /// - Parameter pair: Replaces a socket that cannot be transferred itself.
  private func neuter(_ pair: (OwnedDescriptor, OwnedDescriptor)?) -> OwnedDescriptor? {
    let wasClosed = state == .closed
    state = .neutered
    Self.started[ObjectIdentifier(self)] = nil
    guard let (end, other) = pair else { return lane?.release() }
    if let lane, !wasClosed { PortRelay.begin(lane, other) }
    return end
  }
}

extension MessagePortMain: EnvelopeReceiver {
  package func receive(_ envelope: Envelope, _ reply: SyncReply?) {
    guard envelope.kind == .portMessage else { return }
    emit(.message, Message(data: envelope.value, ports: envelope.ports.map(MessagePortMain.init)))
  }

  package func receivedEnd(_ violation: String?) {
    if let violation {
      PageLog.shared.write(.port) { "closed a message port because of its other end: \(violation)" }
    }
    ended()
  }
}

extension MessagePortMain {
  /// The payload of `.message`.
  public struct Message {
    /// The message's data, not yet converted to a Swift type.
    public let data: CloneValue
    /// The ports that were transferred with the message.
    public let ports: [MessagePortMain]
  }
}

extension MessagePortMain {
  /// Calls `listener` with the data of every message, converted to the declared type.
  ///
  /// ```swift
  /// port.on(.message) { (text: String) in print(text) }
  /// port.on(.message) { (message, text: String) in message.ports.first?.start() }
  /// ```
  ///
  /// A message whose data does not convert is skipped and logged.
  @discardableResult
  public func on<T: CloneDecodable>(
    _ event: Event<MessagePortMain, Message>, _ listener: @escaping @MainActor (T) -> Void
  ) -> Subscription {
    on(event) { (_, data: T) in listener(data) }
  }

  /// Calls `listener` with every message, and its data converted to the declared type. A message whose data
  /// does not convert is skipped and logged.
  @discardableResult
  public func on<T: CloneDecodable>(
    _ event: Event<MessagePortMain, Message>, _ listener: @escaping @MainActor (Message, T) -> Void
  ) -> Subscription {
    on(event) { (message: Message) in
      do throws(CloneTypeMismatch) {
        listener(message, try message.data.converted(to: T.self))
      } catch {
        PageLog.shared.write(.skippedListener) { "Listener of a message port skipped: \(error)".cut(to: 600) }
      }
    }
  }
}

extension Event where Source == MessagePortMain, Payload == MessagePortMain.Message {
  /// A message has arrived.
  public static var message: Self { Self("message") }
}

extension Event where Source == MessagePortMain, Payload == Void {
  /// This end or the other end was closed, or the holder of the other end is gone.
  public static var close: Self { Self("close") }
}
