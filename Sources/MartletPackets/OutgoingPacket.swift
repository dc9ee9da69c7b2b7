// A packet on its way into a socket, before any of it is copied.

internal import CMartletWire

let envelopeHeaderSize = Int(MARTLET_HEADER_SIZE)

/// The descriptors of a packet.
struct Attachments {
  private(set) var descriptors: [OwnedDescriptor] = []
  /// The number of bytes in those that are sealed memory.
  private(set) var memory = 0

  var isEmpty: Bool { descriptors.isEmpty }

  mutating func add(memory descriptor: OwnedDescriptor, count: Int) {
    descriptors.append(descriptor)
    memory += count
  }

  mutating func add(_ other: Attachments) {
    descriptors += other.descriptors
    memory += other.memory
  }

  mutating func add(ports: [OwnedDescriptor]) { descriptors += ports }

  /// Sends a packet of these parts; returns one of wire.h's outcomes.
  func send(
    with parts: UnsafeBufferPointer<iovec>, on socket: OwnedDescriptor, _ flight: inout martlet_flight
  ) -> Int32 {
    // Most packets have no descriptors: nothing is allocated for them.
    let numbers = descriptors.map { $0.number }
    defer { withExtendedLifetime(descriptors) {} }
    return martlet_flight_send(
      &flight, memory, socket.number, parts.baseAddress!, parts.count, numbers, numbers.count)
  }
}

/// The packet of one envelope. Its bytes are the caller's, who keeps them until it is sent or queued.
struct OutgoingPacket {
  let parts: [iovec]
  let attachments: Attachments
  /// The memory of parts that are not the caller's.
  private let head: PacketHead?

  /// The packet of a whole envelope without descriptors.
  init(_ parts: [iovec]) {
    self.parts = parts
    attachments = Attachments()
    head = nil
  }

  init(_ parts: [iovec], _ attachments: Attachments, _ head: PacketHead) {
    self.parts = parts
    self.attachments = attachments
    self.head = head
  }

  /// Calls `body` with the parts, whose memory is kept meanwhile.
  func withParts<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<iovec>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(head) {} }
    return try parts.withUnsafeBufferPointer(body)
  }
}

extension iovec {
  /// Memory that is only read.
  init(_ bytes: UnsafeRawBufferPointer) {
    self.init(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
  }
}

/// The total length of `parts` in bytes.
func length(of parts: UnsafeBufferPointer<iovec>) -> Int {
  var length = 0
  for part in parts { length += part.iov_len }
  return length
}
