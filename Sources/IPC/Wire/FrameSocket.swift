// One end of a packet socket that carries frames: the renderer lane, and a message port. Knows nothing of loops;
// whoever owns it says when to receive and when to flush. Never blocks.

internal import CWire
internal import StructuredClone

/// Sends and receives frames on a SOCK_SEQPACKET socket.
package final class FrameSocket {
  /// What `receive` came to.
  package enum Received {
    case frame(Frame)
    /// There is nothing more at the moment.
    case nothing
    /// The other end is gone.
    case end
  }

  /// The socket itself.
  package let owned: OwnedDescriptor
  private var queue: PacketQueue
  /// Frames that are held back to leave together; nothing waits in the queue while there are any.
  private(set) var outbox: Outbox?
  /// Frames of the packet received last, from `delivered` on.
  private var received: [Frame] = []
  private var delivered = 0
  private var spin = martlet_spin()

  /// Takes over one end of a pair.
  package init(_ socket: OwnedDescriptor, queueLimit: Int = Int(MARTLET_QUEUE_LIMIT)) {
    owned = socket
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

  /// Sends an encoded frame, or queues it behind those that wait. The ports leave this process with it.
  package func send(_ frame: EncodedFrame, ports: [OwnedDescriptor] = []) throws(SendError) {
    try releaseHeld()
    guard let packet = Packet(frame, ports: ports) else { throw .exhausted }
    try send(packet)
  }

  private func send(_ packet: Packet) throws(SendError) {
    if !hasQueue {
      switch Int(packet.send(on: descriptor)) {
      case 0: return
      case MARTLET_WIRE_LATER: break
      case MARTLET_WIRE_ENDED: throw .closed
      default: throw .exhausted
      }
    }
    guard queue.append(packet) else { throw .queueFull }
  }

  /// Sends an encoded frame together with others, when there are as many as go together, at `releaseHeld`, or within a
  /// few milliseconds.
  package func hold(_ frame: EncodedFrame) throws(SendError) {
    if outbox == nil { outbox = Outbox(for: owned) }
    guard let outbox, frame.count <= Int(MARTLET_OUTBOX_LONGEST) else { return try send(frame) }
    if hasQueue { return try join(frame) }
    if !outbox.add(frame.stream) {
      try releaseHeld()
      if hasQueue { return try join(frame) }
      guard outbox.add(frame.stream) else { return try send(frame) }
    }
    if outbox.isRipe { try releaseHeld() }
  }

  private func join(_ frame: EncodedFrame) throws(SendError) {
    guard queue.append(joining: frame.stream) else { throw .queueFull }
  }

  /// Whether frames are held back.
  package var hasHeld: Bool { outbox?.isEmpty == false }

  /// Sends the frames that are held back, or queues them.
  package func releaseHeld() throws(SendError) {
    guard let outbox, !outbox.isEmpty else { return }
    switch outbox.send() {
    case 0: return
    case MARTLET_WIRE_LATER: guard queue.append(outbox.take()) else { throw .queueFull }
    case MARTLET_WIRE_ENDED: throw .closed
    default: throw .exhausted
    }
  }

  /// Sends what waits, as far as there is room: true when nothing waits any more. When the other end is gone,
  /// nothing waits for it either.
  package func flush() -> Bool {
    while hasQueue {
      guard queue.first.send(on: descriptor) != MARTLET_WIRE_LATER else { return false }
      queue.removeFirst()
    }
    return true
  }

  // MARK: Receiving

  /// Begins a turn of the loop, in which `receiveSoon` waits for a millisecond in all.
  package func beginTurn() {
    martlet_spin_begin(&spin)
  }

  /// The next frame.
  ///
  /// - Parameter buffer: Room for one packet, `packetLimit` bytes; its contents are of no use afterwards.
  /// - Throws: `FrameError` for what is no frame; whoever sent it is not to be listened to any longer.
  @MainActor package func receive(into buffer: UnsafeMutableRawBufferPointer) throws(FrameError) -> Received {
    if let frame = nextReceived() { return .frame(frame) }
    return try received(in: buffer, by: martlet_spin_receive)
  }

  /// The next frame, when there has been nothing: where frames come fast, waits a moment for it, for that takes less
  /// time than going to sleep.
  @MainActor package func receiveSoon(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(FrameError) -> Received {
    try received(in: buffer, by: martlet_spin_receive_soon)
  }

  private typealias Receive = (
    UnsafeMutablePointer<martlet_spin>, Int32, UnsafeMutableRawPointer, Int, UnsafeMutablePointer<Int32>,
    UnsafeMutablePointer<Int>
  ) -> Int

  @MainActor private func received(
    in buffer: UnsafeMutableRawBufferPointer, by receive: Receive
  ) throws(FrameError) -> Received {
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
    case MARTLET_WIRE_BROKEN: throw FrameError("a packet that is too long or has too many descriptors")
    default:
      let bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<outcome])
      do throws(FrameError) {
        return .frame(try Frame.first(in: bytes, descriptors: descriptors, others: &received))
      } catch {
        received = []
        throw error
      }
    }
  }

  /// Whether frames have been received that `receive` has not returned.
  package var hasReceived: Bool { delivered < received.count }

  private func nextReceived() -> Frame? {
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
