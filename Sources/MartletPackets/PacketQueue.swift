// The send queue of a socket that is full: packets oldest first, up to a limit in bytes.

internal import CMartletWire

struct PacketQueue {
  /// Packets before `head` have been sent.
  private var packets: [QueuedPacket?] = []
  private var head = 0
  private var size = 0
  private let limit: Int

  /// - Parameter limit: Limit in bytes. A single larger packet is accepted if the queue is empty.
  init(limit: Int) { self.limit = limit }

  var isEmpty: Bool { head == packets.count }

  /// The packet to be sent next. The queue must not be empty.
  var first: QueuedPacket { packets[head]! }

  /// Appends a packet: false when the limit is reached.
  mutating func append(_ packet: QueuedPacket) -> Bool {
    guard hasRoom(for: packet.size) else { return false }
    size += packet.size
    packets.append(packet)
    return true
  }

  /// Appends the packet of one envelope: false when the limit is reached.
  ///
  /// - Parameters:
  ///   - isJoining: Whether the envelope may share a packet with the one before it, and with the next.
  ///   - isLast: Whether to append it regardless of the limit.
  mutating func append(
    _ parts: UnsafeBufferPointer<iovec>, _ attachments: Attachments, isJoining: Bool, isLast: Bool
  ) -> Bool {
    guard isLast || hasRoom(for: length(of: parts) + attachments.memory) else { return false }
    if isJoining, attachments.isEmpty, !isEmpty {
      let before = packets[packets.count - 1]!.size
      if packets[packets.count - 1]!.join(parts) {
        size += packets[packets.count - 1]!.size - before
        return true
      }
    }
    let packet = QueuedPacket(parts, attachments, isJoinable: isJoining)
    size += packet.size
    packets.append(packet)
    return true
  }

  private func hasRoom(for more: Int) -> Bool { isEmpty || size + more <= limit }

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
