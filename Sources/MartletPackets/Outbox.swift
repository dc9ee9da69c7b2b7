// Envelopes of one socket that are held back to leave in one packet: outbox.h, in Swift.

internal import CMartletWire

/// Holds encoded envelopes without descriptors for one socket.
final class Outbox {
  private let outbox: OpaquePointer
  /// Keeps the socket open while held envelopes may still be sent on it.
  private let socket: OwnedDescriptor
  /// The number of envelopes that `add` has added.
  private var count = 0

  /// - Parameter memory: The memory of a script that fills the outbox itself; nil for memory of its own.
  /// - Returns: Nil when the system is out of memory.
  init?(for socket: OwnedDescriptor, in memory: UnsafeMutableRawPointer? = nil) {
    guard let outbox = martlet_outbox_new(socket.number, memory) else { return nil }
    self.outbox = outbox
    self.socket = socket
  }

  deinit { martlet_outbox_free(outbox) }

  /// Whether nothing was added since the last `send` or `take`.
  var isEmpty: Bool { count == 0 }

  /// Whether enough was added for a full packet.
  var isDue: Bool { count >= Int(MARTLET_OUTBOX_BATCH) }

  /// Whether the outbox thread watches it. The thread stops watching soon after it becomes empty.
  var isWatched: Bool { martlet_outbox_is_watched(outbox) }

  /// Has the outbox thread watch it, for a script that has added an envelope.
  func watch() { martlet_outbox_watch(outbox) }

  /// Adds an envelope: false when it is full.
  func add(_ envelope: iovec) -> Bool {
    let isAdded = martlet_outbox_add(outbox, envelope.iov_base, envelope.iov_len)
    if isAdded { count += 1 }
    return isAdded
  }

  /// Sends all held envelopes: returns one of wire.h's outcomes.
  func send() -> Int32 {
    let outcome = martlet_outbox_send(outbox)
    if Int(outcome) != MARTLET_WIRE_LATER, Int(outcome) != MARTLET_WIRE_CONGESTED { count = 0 }
    return outcome
  }

  /// Takes out the envelopes that `send` could not send. Nil when the thread has sent them meanwhile: the
  /// receiver would take an empty packet for the end of the stream.
  func take() -> QueuedPacket? {
    let packet = martlet_outbox_borrow(outbox)
    defer {
      martlet_outbox_empty(outbox)
      count = 0
    }
    guard packet.iov_len > 0 else { return nil }
    return QueuedPacket(batch: packet)
  }
}
