// The send queue of a lane whose socket is full: packets oldest first, up to a limit in bytes.

internal import CMartletWire

struct PacketQueue {
  /// Packets before `head` have been sent.
  private var packets: [Packet?] = []
  private var head = 0
  private var size = 0
  private let limit: Int

  /// - Parameter limit: Limit in bytes. A single larger packet is accepted if the queue is empty.
  init(limit: Int) { self.limit = limit }

  var isEmpty: Bool { head == packets.count }

  /// The packet to be sent next. The queue must not be empty.
  var first: Packet { packets[head]! }

  /// Appends a packet: false when the limit is reached.
  mutating func append(_ packet: Packet) -> Bool {
    guard isEmpty || size + packet.size <= limit else { return false }
    size += packet.size
    packets.append(packet)
    return true
  }

  /// Appends an envelope to the last queued packet if that accepts batching and has room, else as a packet of
  /// its own. False when the limit is reached.
  mutating func append(joining envelope: [UInt8]) -> Bool {
    guard isEmpty || size + envelope.count <= limit else { return false }
    if !isEmpty {
      let before = packets[packets.count - 1]!.size
      if packets[packets.count - 1]!.join(envelope) {
        size += packets[packets.count - 1]!.size - before
        return true
      }
    }
    return append(Packet(envelopes: envelope, count: 1))
  }

  /// Removes the packet at the head of the queue.
  mutating func removeFirst() {
    size -= first.size
    // The packet is released now; its slot is reclaimed once moving the others costs less than their removal
    // did.
    packets[head] = nil
    head += 1
    if isEmpty {
      removeAll()
    } else if head * 2 > packets.count {
      packets.removeFirst(head)
      head = 0
    }
  }

  mutating func removeAll() {
    packets = []
    head = 0
    size = 0
  }
}
