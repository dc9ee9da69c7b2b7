// Electron's MessagePortMain: one end of a kernel socket. Whoever is sent the port gets the socket itself, so
// the main process sees nothing of what two other holders say to each other; but where the other end reads
// late, see PortRelay.

internal import MartletGLib
package import MartletIPC
public import MartletClone
internal import MartletWebHost

/// One end of a message channel, in the main process.
///
/// Messages queue until `start()`. A port that is started and connected stays alive without a reference; a
/// port that is not started is closed when it is let go of, which its other end hears as `close`.
///
/// Electron: `MessagePortMain`. There ports wait in the browser process; here a port that was transferred is
/// a socket of its new holder's.
public final class MessagePortMain: EventSource {
  public let _events = _EventTable()
  /// Nil for a port that was closed from the start.
  private var lane: LaneSource?
  private var state: State

  private enum State { case idle, started, closed, neutered }

  /// Ports that live without a reference.
  private static var started: [ObjectIdentifier: MessagePortMain] = [:]

  /// A port without a socket is closed.
  init(_ socket: OwnedDescriptor?) {
    state = socket == nil ? .closed : .idle
    lane = socket.map { LaneSource($0, gathers: false, receiver: self) }
  }

  isolated deinit {
    // What was sent away may be handed on still.
    if state != .neutered { lane?.close(flushing: true) }
  }

  // MARK: Sending

  /// Sends a message, and ports with it, to the other end. Nothing happens when this port is closed or was
  /// transferred.
  ///
  /// - Parameters:
  ///   - message: Anything that can be cloned; `nil` arrives as `null`.
  ///   - transfer: Ports that the other end gets; they are of no use here afterwards.
  /// - Throws: `MessagePortError` for ports that cannot be transferred, `CloneError` for a message that
  ///   cannot be cloned. Nothing has been sent then, and no port transferred. `IpcSendError` when the other
  ///   end does not read, which closes this port, too, or the system has nothing left to send it with: then
  ///   the ports are closed.
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

  /// Delivers messages from now on, those that came before first. Starting again does nothing.
  public func start() {
    guard state == .idle else { return }
    state = .started
    Self.started[ObjectIdentifier(self)] = self
    lane?.start()
  }

  // MARK: The end

  /// Closes both ends. What was sent before arrives first; `close` is emitted on both.
  public func close() {
    guard state == .idle || state == .started else { return }
    lane?.close(flushing: true)
    ended()
  }

  private func ended() {
    state = .closed
    // The last reference may go with this one.
    let port = self
    Self.started[ObjectIdentifier(self)] = nil
    // As every event of a port: never inside the call that caused it.
    MainLoop.soon { port.emit(.close) }
  }

  var isNeutered: Bool { state == .neutered }

  /// The sockets of ports that are sent away. A closed port arrives as one: its socket has no other end.
  ///
  /// - Throws: `SendError.exhausted`; no port was taken then.
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

  /// - Parameter pair: For a socket that cannot be sent away itself.
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
      PageLog.shared.write(.port) { "closed a message port for its other end: \(violation)" }
    }
    ended()
  }
}

extension MessagePortMain {
  /// The payload of `.message`.
  public struct Message {
    /// The message's data, not yet converted to a Swift type.
    public let data: CloneValue
    /// The ports that came with it.
    public let ports: [MessagePortMain]
  }
}

extension MessagePortMain {
  /// Calls `listener` with the data of every message, as the type that it declares.
  ///
  /// ```swift
  /// port.on(.message) { (text: String) in print(text) }
  /// port.on(.message) { (message, text: String) in message.ports.first?.start() }
  /// ```
  ///
  /// A message whose data is something else is skipped, with a line in the log.
  @discardableResult
  public func on<T: CloneDecodable>(
    _ event: Event<MessagePortMain, Message>, _ listener: @escaping @MainActor (T) -> Void
  ) -> Subscription {
    on(event) { (_, data: T) in listener(data) }
  }

  /// Calls `listener` with every message and its data, as the type that it declares.
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
  /// A message has come.
  public static var message: Self { Self("message") }
}

extension Event where Source == MessagePortMain, Payload == Void {
  /// This end or the other one was closed, or whoever held the other one is gone.
  public static var close: Self { Self("close") }
}
