// An envelope socket in GLib's loop: a document's lane, and a message port of the main process.

internal import CMartletWebKit
internal import CMartletWire
internal import MartletGLib
package import MartletIPC

/// Sends and receives envelopes over one socket, in order, without ever blocking.
package class LaneSource {
  /// Receives what comes, once started. Nil when the lane was closed here.
  private weak var receiver: (any EnvelopeReceiver)?

  /// How long a lane that is to be given away waits for its other end to read.
  private static let unsentMilliseconds: Int32 = 20
  private static let buffer = UnsafeMutableRawBufferPointer.allocate(
    byteCount: Lane.packetLimit, alignment: 16)

  /// Nil when closed.
  private var socket: Lane?
  /// Whether envelopes that are sent in one turn of the loop may leave together.
  private let gathers: Bool
  /// The turn in which an envelope was sent last.
  private var turnOfSending: UInt32?
  private var reading: SourceToken?
  private var writing: SourceToken?

  /// How many envelopes have been received.
  private(set) var receivedCount = 0

  /// Takes over one end of a pair. Nothing is received before `start`.
  package init(_ descriptor: OwnedDescriptor, gathers: Bool, receiver: (any EnvelopeReceiver)?) {
    socket = Lane(descriptor, collector: .onMainLoop)
    self.gathers = gathers
    self.receiver = receiver
  }

  /// Gives `receiver` all envelopes from now on.
  func handOver(to receiver: any EnvelopeReceiver) {
    self.receiver = receiver
  }

  isolated deinit {
    stopSources()
  }

  package var isOpen: Bool { socket != nil }

  /// Whether something waits to be sent.
  package var hasQueue: Bool { socket?.hasQueue == true }

  // MARK: Sending

  /// Sends an encoded envelope, and ports with it. A lane whose other end does not read ends with that.
  package final func send(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor] = []) throws(SendError) {
    guard gathers, ports.isEmpty else {
      return try sending { (socket) throws(SendError) in try socket.send(envelope, ports: ports) }
    }
    // The first of a turn leaves at once: nobody waits longer for an envelope because there might be more.
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
      // The other end may have sent something before it went, which can still be received.
      if error == .queueFull { end("it does not read, and as much waits for it as may") }
      throw error
    }
    if socket.hasQueue, writing == nil { write(socket) }
  }

  /// Sends what waits as soon as there is room; keeps the lane until then.
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

  /// Receives from now on. Starting again does nothing.
  package func start() {
    if reading == nil { read(urgently: true) }
  }

  /// Receives nothing more before it is started again.
  package func pause() {
    reading?.cancel()
    reading = nil
  }

  /// Watches the socket. An end that has filled a burst is read again when nothing is left to draw.
  private func read(urgently: Bool) {
    guard let socket else { return }
    // No descriptor tells of envelopes that were received and not handled yet.
    guard !socket.hasReceived else {
      reading = MainLoop.soon(.belowDrawing) { [weak self] in _ = self?.receive(urgently: false) }
      return
    }
    reading = MainLoop.watch(
      descriptor: socket.descriptor, for: G_IO_IN, priority: urgently ? .default : .belowDrawing
    ) { [weak self] _ in self?.receive(urgently: urgently) ?? false }
  }

  /// Receives what is there already, so that it goes before what comes another way. Not for long: until
  /// `time`, by the monotonic clock.
  package func drain(until time: Int) {
    while let socket, reading != nil, socket.hasReceived || g_get_monotonic_time() < time {
      do throws(EnvelopeError) {
        guard case .envelope(let envelope) = try socket.receive(into: Self.buffer) else { return }
        deliver(envelope)
      } catch {
        return end("it sent \(error)")
      }
    }
  }

  /// False when this watch is over.
  private func receive(urgently: Bool) -> Bool {
    socket?.beginTurn()
    let end = g_get_monotonic_time() + Int(MARTLET_BURST_MILLISECONDS) * 1000
    var count = 0
    while let socket, reading != nil, count < Int(MARTLET_BURST_LIMIT), g_get_monotonic_time() < end {
      count += 1
      do throws(EnvelopeError) {
        var received = try socket.receive(into: Self.buffer)
        if case .nothing = received, urgently {
          // Whoever is waited for may wait for this.
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
        self.end("it sent \(error)")
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

  /// Closes the lane and tells the receiver: with what the other end did when it has not simply gone.
  package func end(_ violation: String?) {
    let receiver = receiver
    close()
    receiver?.receivedEnd(violation)
  }

  /// Nothing more is sent, and what the other end still sends is received.
  package func endSending() {
    socket?.endSending()
  }

  /// Nothing is sent or received from now on, and the receiver hears nothing of it; what waits to be sent is still sent when `flushing`.
  package func close(flushing: Bool = false) {
    guard let socket else { return }
    try? socket.releaseHeld()
    self.socket = nil
    receiver = nil
    pause()
    if !flushing || !socket.hasQueue { return stopSources() }
    if writing == nil { write(socket) }
  }

  /// Sends what waits, and blocks for it, but not for long: false when something waits still.
  package func flushBriefly() -> Bool {
    socket?.flush(withinMilliseconds: Self.unsentMilliseconds) ?? true
  }

  /// Gives up the socket, to be sent away, with what has not been received from it. Nil when it is closed.
  ///
  /// Only for one that is settled: else what its new holder sends would be heard before what waits.
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
