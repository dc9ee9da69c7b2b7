// Memory that a document's script and the extension share. It does not move during this object's lifetime.

import CMartletWebProcess
import CMartletWire

final class DocumentMemory {
  /// Room for one packet, followed by its length.
  let inbox: iovec
  /// The lane's outbox, in the layout of outbox.h.
  let outbox: iovec
  /// Short outgoing envelopes, one at a time.
  let short: iovec
  private let values: [OpaquePointer]

  /// Nil when the values are not Uint8Arrays with enough room.
  init?(inbox: OpaquePointer, outbox: OpaquePointer, short: OpaquePointer) {
    guard let received = bytes(of: inbox), let held = bytes(of: outbox), let sent = bytes(of: short),
      received.iov_len == Int(MARTLET_PACKET_LIMIT) + MemoryLayout<UInt32>.size,
      held.iov_len == Int(MARTLET_OUTBOX_SIZE)
    else { return nil }
    self.inbox = received
    self.outbox = held
    self.short = sent
    values = [inbox, outbox, short]
    for value in values { g_object_ref(UnsafeMutableRawPointer(value)) }
  }

  deinit {
    for value in values { g_object_unref(UnsafeMutableRawPointer(value)) }
  }
}
