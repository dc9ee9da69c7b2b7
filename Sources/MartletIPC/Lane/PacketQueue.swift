// The packets of an envelope socket that wait because it is full, oldest first, and how much they may be.

internal import CMartletWire

struct PacketQueue {
  /// Those before `head` have been sent.
  private var packets: [Packet?] = []
  private var head = 0
  private var size = 0
  private let limit: Int

  /// - Parameter limit: The bytes that may wait; a packet with more may, if it is alone.
  init(limit: Int) { self.limit = limit }

  var isEmpty: Bool { head == packets.count }

  /// The packet that is to be sent next. There must be one.
  var first: Packet { packets[head]! }

  /// Adds a packet: false when too much waits already.
  mutating func append(_ packet: Packet) -> Bool {
    guard isEmpty || size + packet.size <= limit else { return false }
    size += packet.size
    packets.append(packet)
    return true
  }

  /// Adds an envelope that may have company to the packet that waits last, if that may have some, too, and
  /// has room; else in a packet of its own. False when too much waits already.
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

  /// Takes out the packet that was to be sent next.
  mutating func removeFirst() {
    size -= first.size
    // It goes now, and its place as soon as moving the others costs less than they did.
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
