// Envelopes of one socket that are held back to leave in one packet: outbox.h, in Swift.

internal import CMartletWire

/// Holds encoded envelopes without ports for one socket.
final class Outbox {
  private let outbox: OpaquePointer
  /// Keeps the socket open while held envelopes may still be sent on it.
  private let socket: OwnedDescriptor
  private var count = 0

  /// Nil when the system is out of memory.
  init?(for socket: OwnedDescriptor) {
    guard let outbox = martlet_outbox_new(socket.number, nil) else { return nil }
    self.outbox = outbox
    self.socket = socket
  }

  deinit { martlet_outbox_free(outbox) }

  var isEmpty: Bool { count == 0 }

  /// Whether it holds enough for a full packet.
  var isDue: Bool { count >= Int(MARTLET_OUTBOX_BATCH) }

  /// Whether the outbox thread watches it. The thread stops watching soon after it becomes empty.
  var isWatched: Bool { martlet_outbox_is_watched(outbox) }

  /// Adds an envelope: false when it is full.
  func add(_ envelope: [UInt8]) -> Bool {
    let isAdded = envelope.withUnsafeBytes { martlet_outbox_add(outbox, $0.baseAddress!, $0.count) }
    if isAdded { count += 1 }
    return isAdded
  }

  /// Sends all held envelopes: returns one of wire.h's outcomes.
  func send() -> Int {
    let outcome = Int(martlet_outbox_send(outbox))
    if outcome != MARTLET_WIRE_LATER, outcome != MARTLET_WIRE_CONGESTED { count = 0 }
    return outcome
  }

  /// Takes out the envelopes that `send` could not send. Nil when the thread has sent them meanwhile: the
  /// receiver would take an empty packet for the end of the stream.
  func take() -> Packet? {
    let packet = martlet_outbox_borrow(outbox)
    defer {
      martlet_outbox_empty(outbox)
      count = 0
    }
    guard packet.iov_len > 0 else { return nil }
    let envelopes = [UInt8](UnsafeRawBufferPointer(start: packet.iov_base, count: packet.iov_len))
    return Packet(envelopes: envelopes, count: count)
  }
}
