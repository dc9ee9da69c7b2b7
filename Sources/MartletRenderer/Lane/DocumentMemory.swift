// Memory that a document's script and the extension share: it stays where it is as long as this is there.

import CMartletWebProcess
import CMartletWire

final class DocumentMemory {
  /// Room for one packet, and for its length after it.
  let inbox: iovec
  /// The lane's, as outbox.h has it.
  let outbox: iovec
  /// Frames on their way out, one at a time.
  let short: iovec
  private let values: [OpaquePointer]

  /// Nil when the values are not what they must be: Uint8Arrays with enough room.
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
