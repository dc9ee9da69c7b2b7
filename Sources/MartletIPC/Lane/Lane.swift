// One end of a packet socket that carries envelopes: a document's lane, or a message port. It does not know
// the main loop: its owner decides when to receive and when to flush. Never blocks.

internal import CMartletWire
internal import MartletClone

/// Sends and receives envelopes on a SOCK_SEQPACKET socket.
package final class Lane {
  /// The result of `receive`.
  package enum Received {
    case envelope(Envelope)
    /// Nothing is available at the moment.
    case nothing
    /// The other end is closed.
    case end
  }

  private let sender: PacketSender
  /// Frees received values that contain themselves.
  private let collector: CycleCollector
  /// Envelopes of the last received packet; those from `delivered` on are still to be returned.
  private var received: [Envelope] = []
  private var delivered = 0
  private var spin = martlet_spin()

  /// Takes over one end of a socket pair.
  package init(
    _ socket: OwnedDescriptor, collector: CycleCollector, queueLimit: Int = Int(MARTLET_QUEUE_LIMIT)
  ) {
    sender = PacketSender(socket, queueLimit: queueLimit)
    self.collector = collector
  }

  /// The owned socket.
  package var owned: OwnedDescriptor { sender.socket }

  package var descriptor: Int32 { owned.number }

  // MARK: Sending

  /// Sends an encoded envelope, or queues it behind earlier ones. The ports move to the other process with
  /// it.
  package func send(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor] = []) throws(SendError) {
    // Most envelopes are short and come alone.
    if ports.isEmpty, envelope.count <= Self.packetLimit {
      return try envelope.withStream { (stream) throws(SendError) in try sender.send(short: stream) }
    }
    try sender.releaseHeld()
    var envelope = envelope
    envelope.keepApart(Int(MARTLET_BULK_LIMIT))
    try envelope.withStream { (stream) throws(SendError) in
      var writer = PacketWriter()
      for buffer in envelope.bulk where !writer.add(buffer) { throw .exhausted }
      guard let packet = writer.packet(of: [stream], ports: ports) else { throw .exhausted }
      try sender.send(packet)
    }
  }

  /// Holds an encoded envelope back, to send it together with others: when the batch is full, at
  /// `releaseHeld`, or within a few milliseconds.
  package func hold(_ envelope: EncodedEnvelope) throws(SendError) {
    guard envelope.count <= Int(MARTLET_OUTBOX_LONGEST) else { return try send(envelope) }
    try envelope.withStream { (stream) throws(SendError) in try sender.hold(stream) }
  }

  /// Whether envelopes are held back.
  package var hasHeld: Bool { sender.outbox?.isEmpty == false }

  /// Whether the outbox thread watches the held envelopes.
  var isWatched: Bool { sender.outbox?.isWatched == true }

  /// Sends the held envelopes, or queues them.
  package func releaseHeld() throws(SendError) { try sender.releaseHeld() }

  /// Whether packets are queued.
  package var hasQueue: Bool { sender.hasQueue }

  /// The reason for back-pressure, as in `PacketSender`.
  package var isCongested: Bool { sender.isCongested }

  /// Sends queued packets while the socket has room: true when the queue is empty. A closed other end empties
  /// the queue too.
  package func flush() -> Bool { sender.flush() }

  /// Sends queued packets, and blocks until `end` at most, in microseconds of the monotonic clock: true when
  /// the queue is empty.
  package func flush(until end: Int) -> Bool { sender.flush(until: Int64(end)) }

  /// Tells the other end that nothing more will be sent. Its envelopes can still be received.
  package func endSending() { sender.endSending() }

  // MARK: Receiving

  /// Begins a turn of the loop. Within one turn `receiveSoon` spins for a millisecond in total.
  package func beginTurn() {
    martlet_spin_begin(&spin, 1)
  }

  /// The next envelope.
  ///
  /// - Parameter buffer: Room for one packet, `packetLimit` bytes; its contents are undefined afterwards.
  /// - Throws: `EnvelopeError` for an invalid packet; the caller must not listen to its sender any longer.
  @MainActor package func receive(into buffer: UnsafeMutableRawBufferPointer) throws(EnvelopeError)
    -> Received
  {
    if let envelope = nextReceived() { return .envelope(envelope) }
    return try received(in: buffer, by: martlet_spin_receive)
  }

  /// The next envelope, after `receive` returned nothing. When packets arrive quickly it spins for a moment,
  /// because that takes less time than going to sleep.
  @MainActor package func receiveSoon(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(EnvelopeError) -> Received {
    try received(in: buffer, by: martlet_spin_receive_soon)
  }

  private typealias Receive = (
    UnsafeMutablePointer<martlet_spin>, Int32, UnsafeMutableRawPointer, Int, UnsafeMutablePointer<Int32>,
    UnsafeMutablePointer<Int>
  ) -> Int

  @MainActor private func received(
    in buffer: UnsafeMutableRawBufferPointer, by receive: Receive
  ) throws(EnvelopeError) -> Received {
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
    case MARTLET_WIRE_BROKEN: throw EnvelopeError("packet is too long, or has too many descriptors")
    default:
      let bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<outcome])
      do throws(EnvelopeError) {
        return .envelope(
          try Envelope.first(in: bytes, descriptors: descriptors, others: &received, collector))
      } catch {
        received = []
        throw error
      }
    }
  }

  /// Whether received envelopes are still to be returned by `receive`.
  package var hasReceived: Bool { delivered < received.count }

  private func nextReceived() -> Envelope? {
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

  /// The maximum size of a packet in bytes.
  package static let packetLimit = Int(MARTLET_PACKET_LIMIT)
}

// MARK: Envelopes of packets

extension Envelope {
  /// Decodes a whole envelope that has no ports.
  ///
  /// - Throws: `EnvelopeError` when the bytes are not one envelope of a known version, or hold no decodable
  ///   value.
  @MainActor package init(bytes: [UInt8], collector: CycleCollector) throws(EnvelopeError) {
    var others: [Envelope] = []
    self = try bytes.span.bytes.withUnsafeBytes { (bytes) throws(EnvelopeError) in
      try Envelope.first(in: bytes, descriptors: [], isAlone: true, others: &others, collector)
    }
  }

  /// Decodes one packet: returns the first envelope, and appends those after it to `others`.
  ///
  /// - Throws: As `init(bytes:)`, and when the descriptors do not match the header.
  @MainActor static func first(
    in packet: UnsafeRawBufferPointer, descriptors: [OwnedDescriptor], isAlone: Bool = false,
    others: inout [Envelope], _ collector: CycleCollector
  ) throws(EnvelopeError) -> Envelope {
    // Most packets have no descriptors: nothing is allocated for them.
    let numbers = descriptors.isEmpty ? [] : descriptors.map(\.number)
    return try numbers.withUnsafeBufferPointer { (numbers) throws(EnvelopeError) in
      var reader = martlet_packet(
        bytes: packet.baseAddress, length: packet.count, descriptors: numbers.baseAddress,
        descriptor_count: numbers.count, is_alone: isAlone, end: 0, count: 0)
      var checked = martlet_envelope()
      guard martlet_packet_next(&reader, &checked) > 0 else { throw .ofPacket }
      let first = try Envelope(checked, descriptors, collector)
      while true {
        switch martlet_packet_next(&reader, &checked) {
        case 0: return first
        case 1: others.append(try Envelope(checked, [], collector))
        default: throw .ofPacket
        }
      }
    }
  }

  /// Decodes a checked envelope, with the descriptors of its packet.
  @MainActor private init(
    _ checked: martlet_envelope, _ descriptors: [OwnedDescriptor], _ collector: CycleCollector
  ) throws(EnvelopeError) {
    let header = checked.header
    kind = Kind(number: header.kind)
    call = header.call
    sequence = header.sequence
    ports = Array(descriptors[checked.first_port...])
    guard header.flags != 0 else {
      let bytes = UnsafeRawBufferPointer(start: checked.bytes, count: Int(header.length))
      if collector.leavesCallsEncoded, kind.isCall {
        body = EncodedCall(Array(bytes), collector)
        (value, footprint) = (.undefined, bytes.count * Self.memoryPerEncodedByte)
        return
      }
      body = nil
      (value, footprint) = try Self.value(bytes, collector)
      return
    }
    body = nil
    let long = try LongBuffers(checked, descriptors)
    // Sealed memory cannot change or shrink during decoding, so it is read in place.
    let bytes =
      long.bytes?.bytes ?? UnsafeRawBufferPointer(start: checked.bytes, count: Int(header.length))
    defer { withExtendedLifetime(long) {} }
    (value, footprint) = try Self.value(bytes, apart: long.apart, collector)
  }

  @MainActor private static func value(
    _ bytes: UnsafeRawBufferPointer, apart: [CloneSegments.Bulk] = [], _ collector: CycleCollector
  ) throws(EnvelopeError) -> (CloneValue, footprint: Int) {
    if bytes.isEmpty, apart.isEmpty { return (.undefined, 0) }
    do {
      var valueCount = 0
      let value = try collector.decode(bytes.bytes, apart: apart, valueCount: &valueCount)
      let size = apart.reduce(bytes.count) { $0 + $1.contents.count }
      return (value, size + valueCount * bytesPerValue)
    } catch {
      throw EnvelopeError("payload cannot be decoded: \(error)")
    }
  }

  /// Overhead of a value beyond its bytes: 24 in an array, some hundred as an object.
  private static let bytesPerValue = 64
  /// JavaScript needs some 50 bytes for an object, which is encoded in three at least.
  private static let memoryPerEncodedByte = 16
}
