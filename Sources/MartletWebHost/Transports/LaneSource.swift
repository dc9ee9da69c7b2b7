// A lane as a source of GLib's loop: a document's lane, or a message port of the main process.

internal import CMartletWebKit
internal import CMartletWire
internal import MartletGLib
package import MartletIPC

/// Sends and receives envelopes over one socket, in order, without ever blocking.
package class LaneSource {
  /// Receives envelopes, once started. Nil when the lane was closed on this side.
  private weak var receiver: (any EnvelopeReceiver)?

  /// How long a lane that is to be transferred waits for its other end to read.
  private static let unsentMilliseconds = 20
  private static let buffer = UnsafeMutableRawBufferPointer.allocate(
    byteCount: Lane.packetLimit, alignment: 16)

  /// Nil when closed.
  private var socket: Lane?
  /// Whether envelopes sent in one turn of the loop may be batched.
  private let gathers: Bool
  /// The turn in which the last envelope was sent.
  private var turnOfSending: UInt32?
  private var reading: SourceToken?
  private var writing: SourceToken?

  /// The number of received envelopes.
  private(set) var receivedCount = 0

  /// Takes over one end of a socket pair. Nothing is received before `start`.
  package init(_ descriptor: OwnedDescriptor, gathers: Bool, receiver: (any EnvelopeReceiver)?) {
    socket = Lane(descriptor, collector: .onMainLoop)
    self.gathers = gathers
    self.receiver = receiver
  }

  /// Delivers all further envelopes to `receiver`.
  func handOver(to receiver: any EnvelopeReceiver) {
    self.receiver = receiver
  }

  isolated deinit {
    stopSources()
  }

  package var isOpen: Bool { socket != nil }

  /// Whether packets are queued.
  package var hasQueue: Bool { socket?.hasQueue == true }

  // MARK: Sending

  /// Sends an encoded envelope, and ports with it. A lane whose other end does not read is closed at the
  /// queue limit.
  package final func send(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor] = []) throws(SendError) {
    guard gathers, ports.isEmpty else {
      return try sending { (socket) throws(SendError) in try socket.send(envelope, ports: ports) }
    }
    // The first envelope of a turn is sent at once, so that it is not delayed by the possibility of more.
    let turn = MainLoop.turn
    guard turnOfSending == turn else {
      turnOfSending = turn
      return try sending { (socket) throws(SendError) in try socket.send(envelope) }
    }
    let hadHeld = socket?.hasHeld == true
    try sending { (socket) throws(SendError) in try socket.hold(envelope) }
    if !hadHeld, socket?.hasHeld == true { MainLoop.whenTurnEnds { [weak self] in self?.releaseHeld() } }
  }

  private func releaseHeld() {
    try? sending { (socket) throws(SendError) in try socket.releaseHeld() }
  }

  private func sending(_ send: (Lane) throws(SendError) -> Void) throws(SendError) {
    guard let socket else { throw .closed }
    do throws(SendError) {
      try send(socket)
    } catch {
      // The other end may have sent envelopes before it closed, which can still be received.
      if error == .queueFull { end("the queue is full: 256 MiB are pending and it does not read") }
      throw error
    }
    if socket.hasQueue, writing == nil { write(socket) }
  }

  /// Sends queued packets as soon as the socket has room; keeps the lane alive until then.
  private func write(_ socket: Lane) {
    let isCongested = socket.isCongested
    let flush = { @MainActor [self] in
      if !socket.flush(), socket.isCongested == isCongested { return true }
      writing = nil
      if socket.hasQueue { write(socket) } else { receiver?.receivedRoom() }
      return false
    }
    writing =
      isCongested
      ? MainLoop.every(milliseconds: UInt32(MARTLET_CONGESTION_MILLISECONDS), flush)
      : MainLoop.watch(descriptor: socket.descriptor, for: G_IO_OUT) { _ in flush() }
  }

  // MARK: Receiving

  /// Starts receiving. Calling it again does nothing.
  package func start() {
    if reading == nil { read(urgently: true) }
  }

  /// Stops receiving until the next `start`.
  package func pause() {
    reading?.cancel()
    reading = nil
  }

  /// Watches the socket. After a full burst, the watch runs at a priority below drawing.
  private func read(urgently: Bool) {
    guard let socket else { return }
    // The descriptor does not become ready for envelopes that were received but not yet delivered.
    guard !socket.hasReceived else {
      reading = MainLoop.soon(.belowDrawing) { [weak self] in _ = self?.receive(urgently: false) }
      return
    }
    reading = MainLoop.watch(
      descriptor: socket.descriptor, for: G_IO_IN, priority: urgently ? .default : .belowDrawing
    ) { [weak self] _ in self?.receive(urgently: urgently) ?? false }
  }

  /// Receives what has already arrived, so that it precedes an event that arrives another way. Stops at
  /// `time`, by the processor time of this thread.
  package func drain(until time: Int) {
    while let socket, reading != nil, socket.hasReceived || ThreadTime.now < time {
      do throws(EnvelopeError) {
        guard case .envelope(let envelope) = try socket.receive(into: Self.buffer) else { return }
        deliver(envelope)
      } catch {
        return end("invalid envelope: \(error)")
      }
    }
  }

  /// False when this watch ends.
  private func receive(urgently: Bool) -> Bool {
    socket?.beginTurn()
    let end = g_get_monotonic_time() + Int(MARTLET_BURST_MILLISECONDS) * 1000
    var count = 0
    while let socket, reading != nil, count < Int(MARTLET_BURST_LIMIT), g_get_monotonic_time() < end {
      count += 1
      do throws(EnvelopeError) {
        var received = try socket.receive(into: Self.buffer)
        if case .nothing = received, urgently {
          // The peer may be blocked on what we are holding back.
          releaseHeld()
          turnOfSending = nil
          received = try socket.receiveSoon(into: Self.buffer)
        }
        switch received {
        case .envelope(let envelope): deliver(envelope)
        case .nothing:
          if !urgently { read(urgently: true) }
          return urgently
        case .end:
          self.end(nil)
          return false
        }
      } catch {
        self.end("invalid envelope: \(error)")
        return false
      }
    }
    if reading != nil { read(urgently: false) }
    return false
  }

  private func deliver(_ envelope: Envelope) {
    receivedCount += 1
    receiver?.receive(envelope, nil)
  }

  // MARK: The end

  /// Closes the lane and tells the receiver; `violation` describes misbehaviour, and is nil for a plain end.
  package func end(_ violation: String?) {
    let receiver = receiver
    close()
    receiver?.receivedEnd(violation)
  }

  /// Ends sending; the other end's envelopes are still received.
  package func endSending() {
    socket?.endSending()
  }

  /// Stops sending and receiving without telling the receiver. Queued packets are still sent when `flushing`.
  package func close(flushing: Bool = false) {
    guard let socket else { return }
    try? socket.releaseHeld()
    self.socket = nil
    receiver = nil
    pause()
    if !flushing || !socket.hasQueue { return stopSources() }
    if writing == nil { write(socket) }
  }

  /// Sends queued packets, and blocks briefly for it: false when some are still queued.
  package func flushBriefly() -> Bool {
    socket?.flush(until: g_get_monotonic_time() + Self.unsentMilliseconds * 1000) ?? true
  }

  /// Gives up the socket for transfer, including what has not been received from it. Nil when it is closed.
  ///
  /// Only for a lane without queued or undelivered envelopes: otherwise those of its new holder would
  /// overtake them.
  package func release() -> OwnedDescriptor? {
    let owned = socket?.owned
    close()
    return owned
  }

  private func stopSources() {
    reading?.cancel()
    writing?.cancel()
    reading = nil
    writing = nil
  }
}
