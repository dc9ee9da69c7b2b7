// One end of a packet socket that carries envelopes: the renderer lane, and a message port. Knows nothing of
// loops; whoever owns it says when to receive and when to flush. Never blocks.

internal import CMartletWire
internal import MartletClone

/// Sends and receives envelopes on a SOCK_SEQPACKET socket.
package final class Lane {
  /// What `receive` came to.
  package enum Received {
    case envelope(Envelope)
    /// There is nothing more at the moment.
    case nothing
    /// The other end is gone.
    case end
  }

  /// The socket itself.
  package let owned: OwnedDescriptor
  /// Frees what comes and contains itself.
  private let collector: CycleCollector
  private var queue: PacketQueue
  private var flight = martlet_flight()
  /// Why packets wait: the other end has to take some of what is on its way, of which the socket does not
  /// tell. Else there is no room in the socket.
  package private(set) var isCongested = false
  /// Envelopes that are held back to leave together; nothing waits in the queue while there are any.
  private(set) var outbox: Outbox?
  /// Envelopes of the packet received last, from `delivered` on.
  private var received: [Envelope] = []
  private var delivered = 0
  private var spin = martlet_spin()

  /// Takes over one end of a pair.
  package init(
    _ socket: OwnedDescriptor, collector: CycleCollector, queueLimit: Int = Int(MARTLET_QUEUE_LIMIT)
  ) {
    owned = socket
    self.collector = collector
    queue = PacketQueue(limit: queueLimit)
  }

  package var descriptor: Int32 { owned.number }

  /// Tells the other end that nothing more will be sent; what it sends can still be received.
  package func endSending() {
    try? releaseHeld()
    martlet_wire_end_sending(descriptor)
    queue.removeAll()
  }

  /// Whether packets wait for room.
  package var hasQueue: Bool { !queue.isEmpty }

  // MARK: Sending

  /// Sends an encoded envelope, or queues it behind those that wait. The ports leave this process with it.
  package func send(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor] = []) throws(SendError) {
    try releaseHeld()
    // Most envelopes are short, alone, and find room: no packet is made of them.
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

  /// Whether a packet was sent: false when it has to wait, for the reason that is noted.
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

  /// Sends an encoded envelope together with others, when there are as many as go together, at `releaseHeld`,
  /// or within a few milliseconds.
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

  /// Sends the envelopes that are held back, or queues them.
  package func releaseHeld() throws(SendError) {
    guard let outbox, !outbox.isEmpty else { return }
    guard try !isSent(outbox.send()), let packet = outbox.take() else { return }
    guard queue.append(packet) else { throw .queueFull }
  }

  /// Sends what waits, as far as there is room: true when nothing waits any more. When the other end is gone,
  /// nothing waits for it either.
  package func flush() -> Bool {
    while hasQueue {
      let outcome = queue.first.send(on: descriptor, &flight)
      isCongested = outcome == MARTLET_WIRE_CONGESTED
      if isCongested || outcome == MARTLET_WIRE_LATER { return false }
      queue.removeFirst()
    }
    return true
  }

  /// Sends what waits, and blocks for it, but not longer than so many milliseconds: true when nothing waits
  /// any more.
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

  /// Begins a turn of the loop, in which `receiveSoon` waits for a millisecond in all.
  package func beginTurn() {
    martlet_spin_begin(&spin, 1)
  }

  /// The next envelope.
  ///
  /// - Parameter buffer: Room for one packet, `packetLimit` bytes; its contents are of no use afterwards.
  /// - Throws: `EnvelopeError` for what is no envelope; whoever sent it is not to be listened to any longer.
  @MainActor package func receive(into buffer: UnsafeMutableRawBufferPointer) throws(EnvelopeError)
    -> Received
  {
    if let envelope = nextReceived() { return .envelope(envelope) }
    return try received(in: buffer, by: martlet_spin_receive)
  }

  /// The next envelope, when there has been nothing: where envelopes come fast, waits a moment for it, for
  /// that takes less time than going to sleep.
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

  /// Whether envelopes have been received that `receive` has not returned.
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

  /// The bytes of the longest packet.
  package static let packetLimit = Int(MARTLET_PACKET_LIMIT)
}
