// Sends envelopes on a packet socket, in the main process and in a web process: one after the other, or held
// back to share a packet, or queued while the socket is full. It does not know the main loop: its owner
// decides when to flush. Never blocks, except in `flush(until:)`.

internal import CMartletWire

final class PacketSender {
  let socket: OwnedDescriptor
  private var queue: PacketQueue
  private var flight = martlet_flight()
  /// The reason for back-pressure. When true, too much sealed memory is in flight, which the socket does not
  /// report, and the other end has to receive some first. When false, the socket is full.
  private(set) var isCongested = false
  /// Envelopes that are held back to be sent together; the queue is empty while there are any.
  private(set) var outbox: Outbox?

  init(_ socket: OwnedDescriptor, queueLimit: Int = Int(MARTLET_QUEUE_LIMIT)) {
    self.socket = socket
    queue = PacketQueue(limit: queueLimit)
  }

  /// Whether packets are queued.
  var hasQueue: Bool { !queue.isEmpty }

  /// Sends an envelope that fits into a packet and has no descriptors, or queues it behind earlier ones.
  ///
  /// - Parameter isJoining: Whether it may share a queued packet. A port's envelopes may not.
  func send(short envelope: iovec, isJoining: Bool = false) throws(SendError) {
    try releaseHeld()
    var part = envelope
    if !hasQueue, try isSent(martlet_wire_send(socket.number, &part, 1, nil, 0, false)) { return }
    let isQueued = withUnsafePointer(to: part) {
      let parts = UnsafeBufferPointer(start: $0, count: 1)
      return queue.append(parts, Attachments(), isJoining: isJoining, isLast: false)
    }
    guard isQueued else { throw .queueFull }
  }

  /// Sends any envelope, or queues it behind earlier ones. Its ports move to the other process with it.
  ///
  /// - Parameter isLast: Whether to queue it regardless of the queue limit.
  func send(_ packet: OutgoingPacket, isJoining: Bool = false, isLast: Bool = false) throws(SendError) {
    try releaseHeld()
    try packet.withParts { (parts) throws(SendError) in
      if !hasQueue, try isSent(packet.attachments.send(with: parts, on: socket, &flight)) { return }
      guard queue.append(parts, packet.attachments, isJoining: isJoining, isLast: isLast) else {
        throw .queueFull
      }
    }
  }

  /// Whether a packet was sent: false when it has to be queued, and the reason is recorded.
  private func isSent(_ outcome: Int32) throws(SendError) -> Bool {
    switch Int(outcome) {
    case 0: return true
    case MARTLET_WIRE_ENDED: throw .closed
    case MARTLET_WIRE_LATER, MARTLET_WIRE_CONGESTED:
      isCongested = outcome == MARTLET_WIRE_CONGESTED
      return false
    default: throw .exhausted
    }
  }

  // MARK: Holding

  /// Holds an envelope of at most MARTLET_OUTBOX_LONGEST bytes back, to send it together with others: when
  /// the batch is full, at `releaseHeld`, or within a few milliseconds.
  func hold(_ envelope: iovec) throws(SendError) {
    if outbox == nil { outbox = Outbox(for: socket) }
    guard let outbox, !hasQueue else { return try send(short: envelope, isJoining: true) }
    if !outbox.add(envelope) {
      try releaseHeld()
      guard !hasQueue, outbox.add(envelope) else { return try send(short: envelope, isJoining: true) }
    }
    if outbox.isDue { try releaseHeld() }
  }

  /// Lets a script fill the outbox in `memory` itself: MARTLET_OUTBOX_SIZE bytes that do not move until
  /// `endHolding`.
  func hold(in memory: UnsafeMutableRawPointer) {
    if outbox == nil { outbox = Outbox(for: socket, in: memory) }
  }

  /// Discards the outbox.
  func endHolding() { outbox = nil }

  /// Sends the held envelopes, or queues them.
  func releaseHeld() throws(SendError) {
    guard let outbox, try !isSent(outbox.send()), let packet = outbox.take() else { return }
    guard queue.append(packet) else { throw .queueFull }
  }

  // MARK: The queue

  /// Sends queued packets while the socket has room: true when the queue is empty. A closed other end empties
  /// the queue too.
  func flush() -> Bool {
    while hasQueue {
      let outcome = queue.first.send(on: socket, &flight)
      isCongested = outcome == MARTLET_WIRE_CONGESTED
      if isCongested || outcome == MARTLET_WIRE_LATER { return false }
      queue.removeFirst()
    }
    return true
  }

  /// Sends queued packets, and blocks until `end` at most, in microseconds of the monotonic clock: true when
  /// the queue is empty.
  func flush(until end: Int64) -> Bool {
    while !flush() {
      let obstacle = isCongested ? MARTLET_WIRE_CONGESTED : MARTLET_WIRE_LATER
      guard martlet_wire_wait_for_room(socket.number, Int32(obstacle), end) else { return false }
    }
    return true
  }

  /// Tells the other end that nothing more will be sent.
  func endSending() {
    try? releaseHeld()
    martlet_wire_end_sending(socket.number)
    queue.removeAll()
  }
}
