// What lies in a document's inbox: one packet, and behind it how much of it there is.

import CMartletWire

struct Inbox {
  /// Room for one packet and its length.
  let memory: UnsafeMutableRawPointer

  /// Says how many bytes of the packet are there for the script.
  func setLength(_ length: Int) {
    (memory + Int(MARTLET_PACKET_LIMIT)).storeBytes(of: UInt32(length), as: UInt32.self)
  }

  /// The header of the packet's first envelope.
  var header: UnsafeMutablePointer<martlet_envelope_header> {
    memory.assumingMemoryBound(to: martlet_envelope_header.self)
  }

  /// Whether a packet of `count` bytes, without descriptors, is envelopes, one after the other. Says in each
  /// which lane it has come on.
  func holdsEnvelopes(_ count: Int, from lane: Int32) -> Bool {
    var begin = 0
    var envelopes = 0
    while true {
      guard count - begin >= envelopeHeaderSize, envelopes < Int(MARTLET_BATCH_LIMIT) else { return false }
      envelopes += 1
      let header = (memory + begin).assumingMemoryBound(to: martlet_envelope_header.self)
      guard header.pointee.flags == 0, header.pointee.ports == 0,
        Int(header.pointee.length) <= count - begin - envelopeHeaderSize
      else { return false }
      header.pointee.sequence = UInt32(bitPattern: lane)
      let end = begin + envelopeHeaderSize + Int(header.pointee.length)
      if end == count { return true }
      begin = martlet_envelope_align(end)
    }
  }
}
