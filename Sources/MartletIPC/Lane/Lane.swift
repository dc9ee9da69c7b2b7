// One end of a packet socket that carries envelopes: a document's lane, or a message port. It does not know
// the main loop: its owner decides when to receive and when to flush. Never blocks.

internal import CMartletWire
internal import MartletClone

/// Sends and receives envelopes on a SOCK_SEQPACKET socket.
package final class Lane {
  /// The result of `receive`.
  package enum Received {
    case envelope(Envelope)
    /// Nothing is available at the moment.
    case nothing
    /// The other end is closed.
    case end
  }

  /// The owned socket.
  package let owned: OwnedDescriptor
  /// Frees received values that contain themselves.
  private let collector: CycleCollector
  private var queue: PacketQueue
  private var flight = martlet_flight()
  /// The reason for back-pressure. When true, too much sealed memory is in flight, which the socket does not
  /// report, and the other end has to receive some first. When false, the socket is full.
  package private(set) var isCongested = false
  /// Envelopes that are held back to be sent together; the queue is empty while there are any.
  private(set) var outbox: Outbox?
  /// Envelopes of the last received packet; those from `delivered` on are still to be returned.
  private var received: [Envelope] = []
  private var delivered = 0
  private var spin = martlet_spin()

  /// Takes over one end of a socket pair.
  package init(
    _ socket: OwnedDescriptor, collector: CycleCollector, queueLimit: Int = Int(MARTLET_QUEUE_LIMIT)
  ) {
    owned = socket
    self.collector = collector
    queue = PacketQueue(limit: queueLimit)
  }

  package var descriptor: Int32 { owned.number }

  /// Tells the other end that nothing more will be sent. Its envelopes can still be received.
  package func endSending() {
    try? releaseHeld()
    martlet_wire_end_sending(descriptor)
    queue.removeAll()
  }

  /// Whether packets are queued.
  package var hasQueue: Bool { !queue.isEmpty }

  // MARK: Sending

  /// Sends an encoded envelope, or queues it behind earlier ones. The ports move to the other process with
  /// it.
  package func send(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor] = []) throws(SendError) {
    try releaseHeld()
    // Most envelopes are short, come alone, and fit into the socket: they are sent without a `Packet`.
    let isPlain = ports.isEmpty && envelope.count <= Int(MARTLET_PACKET_LIMIT)
    if isPlain, !hasQueue, try isSent(send(envelope.stream)) { return }
    guard let packet = Packet(envelope, ports: ports) else { throw .exhausted }
    if !isPlain, !hasQueue, try isSent(packet.send(on: descriptor, &flight)) { return }
    guard queue.append(packet) else { throw .queueFull }
  }

  private func send(_ bytes: [UInt8]) -> Int {
    bytes.withUnsafeBytes { bytes in
      var part = iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
      return Int(martlet_wire_send(descriptor, &part, 1, nil, 0, false))
    }
  }

  /// Whether a packet was sent: false when it has to be queued, and the reason is recorded.
  private func isSent(_ outcome: Int) throws(SendError) -> Bool {
    switch outcome {
    case 0: return true
    case MARTLET_WIRE_ENDED: throw .closed
    case MARTLET_WIRE_LATER, MARTLET_WIRE_CONGESTED:
      isCongested = outcome == MARTLET_WIRE_CONGESTED
      return false
    default: throw .exhausted
    }
  }

  /// Holds an encoded envelope back, to send it together with others: when the batch is full, at
  /// `releaseHeld`, or within a few milliseconds.
  package func hold(_ envelope: EncodedEnvelope) throws(SendError) {
    if outbox == nil { outbox = Outbox(for: owned) }
    guard let outbox, envelope.count <= Int(MARTLET_OUTBOX_LONGEST) else { return try send(envelope) }
    if hasQueue { return try join(envelope) }
    if !outbox.add(envelope.stream) {
      try releaseHeld()
      if hasQueue { return try join(envelope) }
      guard outbox.add(envelope.stream) else { return try send(envelope) }
    }
    if outbox.isDue { try releaseHeld() }
  }

  private func join(_ envelope: EncodedEnvelope) throws(SendError) {
    guard queue.append(joining: envelope.stream) else { throw .queueFull }
  }

  /// Whether envelopes are held back.
  package var hasHeld: Bool { outbox?.isEmpty == false }

  /// Sends the held envelopes, or queues them.
  package func releaseHeld() throws(SendError) {
    guard let outbox, !outbox.isEmpty else { return }
    guard try !isSent(outbox.send()), let packet = outbox.take() else { return }
    guard queue.append(packet) else { throw .queueFull }
  }

  /// Sends queued packets while the socket has room: true when the queue is empty. A closed other end empties
  /// the queue too.
  package func flush() -> Bool {
    while hasQueue {
      let outcome = queue.first.send(on: descriptor, &flight)
      isCongested = outcome == MARTLET_WIRE_CONGESTED
      if isCongested || outcome == MARTLET_WIRE_LATER { return false }
      queue.removeFirst()
    }
    return true
  }

  /// Sends queued packets, and blocks for at most this many milliseconds: true when the queue is empty.
  package func flush(withinMilliseconds limit: Int32) -> Bool {
    let end = ContinuousClock.now + .milliseconds(Int(limit))
    while !flush() {
      let left = Int32((ContinuousClock.now.duration(to: end) / .milliseconds(1)).rounded(.up))
      guard left > 0 else { return false }
      martlet_wire_wait_for_room(
        descriptor, Int32(isCongested ? MARTLET_WIRE_CONGESTED : MARTLET_WIRE_LATER), left)
    }
    return true
  }

  // MARK: Receiving

  /// Begins a turn of the loop. Within one turn `receiveSoon` spins for a millisecond in total.
  package func beginTurn() {
    martlet_spin_begin(&spin, 1)
  }

  /// The next envelope.
  ///
  /// - Parameter buffer: Room for one packet, `packetLimit` bytes; its contents are undefined afterwards.
  /// - Throws: `EnvelopeError` for an invalid packet; the caller must not listen to its sender any longer.
  @MainActor package func receive(into buffer: UnsafeMutableRawBufferPointer) throws(EnvelopeError)
    -> Received
  {
    if let envelope = nextReceived() { return .envelope(envelope) }
    return try received(in: buffer, by: martlet_spin_receive)
  }

  /// The next envelope, after `receive` returned nothing. When packets arrive quickly it spins for a moment,
  /// because that takes less time than going to sleep.
  @MainActor package func receiveSoon(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(EnvelopeError) -> Received {
    try received(in: buffer, by: martlet_spin_receive_soon)
  }

  private typealias Receive = (
    UnsafeMutablePointer<martlet_spin>, Int32, UnsafeMutableRawPointer, Int, UnsafeMutablePointer<Int32>,
    UnsafeMutablePointer<Int>
  ) -> Int

  @MainActor private func received(
    in buffer: UnsafeMutableRawBufferPointer, by receive: Receive
  ) throws(EnvelopeError) -> Received {
    let (outcome, descriptors) = withUnsafeTemporaryAllocation(
      of: Int32.self, capacity: Int(MARTLET_DESCRIPTOR_LIMIT)
    ) { numbers in
      var count = 0
      let outcome = receive(
        &spin, descriptor, buffer.baseAddress!, buffer.count, numbers.baseAddress!, &count)
      return (outcome, count == 0 ? [] : numbers[..<count].map(OwnedDescriptor.init))
    }
    switch outcome {
    case MARTLET_WIRE_LATER: return .nothing
    case MARTLET_WIRE_ENDED: return .end
    case MARTLET_WIRE_BROKEN: throw EnvelopeError("a packet that is too long or has too many descriptors")
    default:
      let bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<outcome])
      do throws(EnvelopeError) {
        return .envelope(
          try Envelope.first(in: bytes, descriptors: descriptors, others: &received, collector))
      } catch {
        received = []
        throw error
      }
    }
  }

  /// Whether received envelopes are still to be returned by `receive`.
  package var hasReceived: Bool { delivered < received.count }

  private func nextReceived() -> Envelope? {
    guard hasReceived else { return nil }
    defer {
      delivered += 1
      if delivered == received.count {
        received.removeAll(keepingCapacity: true)
        delivered = 0
      }
    }
    return received[delivered]
  }

  /// The maximum size of a packet in bytes.
  package static let packetLimit = Int(MARTLET_PACKET_LIMIT)
}
