// One packet socket of a document: its lane to the main process, or a message port. Received packets go to
// the document's script. Queued packets outlive the document. Nothing here blocks, except a synchronous call
// and the last flush of a page.

import CMartletWebProcess
import CMartletWire

final class Lane {
  /// The result of a script's send; the script knows these numbers.
  enum Status: Int32 {
    case sent = 0
    /// Queued: the socket is full.
    case queued = 1
    case closed = -1
    case queueFull = -2
    case exhausted = -3
  }

  let id: Int32
  /// Sends, and keeps the socket open; nil when the lane is closed.
  private var sender: PacketSender?
  /// The owner, which releases the lane when it ends. Code that uses it keeps it alive meanwhile, because a
  /// called script may end anything.
  private unowned(unsafe) var document: DocumentLanes?
  /// The page's list of lanes with queued packets.
  private var unsent: UnsentLanes?
  /// The socket for the main process's replies to synchronous calls.
  private var answers: OwnedDescriptor?
  private var spin = martlet_spin()
  private var reading: guint = 0
  private var readingOn: guint = 0
  private var writing: guint = 0
  /// Whether `writing` waits for less memory in flight, and not for room in the socket.
  private var isAwaitingMemory = false

  /// Takes over `socket`.
  init(id: Int32, socket: OwnedDescriptor, of document: DocumentLanes) {
    self.id = id
    sender = PacketSender(socket)
    self.document = document
  }

  /// -1 when it is closed.
  private var socket: Int32 { sender?.socket.number ?? -1 }

  // MARK: Sending

  /// Attaches the script's outbox: MARTLET_OUTBOX_SIZE bytes that do not move until this lane is closed.
  func hold(in memory: UnsafeMutableRawPointer) { sender?.hold(in: memory) }

  /// Lets the outbox thread send held envelopes in time, whatever the script does.
  func watchHeld() { sender?.outbox?.watch() }

  /// Sends the held envelopes.
  func releaseHeld() -> Status {
    sending { (sender) throws(SendError) in try sender.releaseHeld() }
  }

  /// Sends an envelope in one piece that fits into a packet and has no ports.
  func send(short envelope: iovec) -> Status {
    sending { (sender) throws(SendError) in try sender.send(short: envelope, isJoining: isJoining) }
  }

  /// Sends an envelope made of `parts`, whose first begins with the header; every second part is a long
  /// buffer.
  ///
  /// - Parameter isLast: Whether to send it regardless of the queue limit.
  func send(_ parts: [iovec], ports: [OwnedDescriptor], isLast: Bool = false) -> Status {
    _ = releaseHeld()
    return sending { (sender) throws(SendError) in
      guard let packet = OutgoingPacket(parts, ports: ports) else { throw .exhausted }
      try sender.send(packet, isJoining: isJoining, isLast: isLast)
    }
  }

  /// Envelopes of a port are not batched.
  private var isJoining: Bool { id == DocumentLanes.main }

  private func sending(_ send: (PacketSender) throws(SendError) -> Void) -> Status {
    guard let sender else { return .closed }
    do throws(SendError) {
      try send(sender)
    } catch {
      switch error {
      case .closed: return .closed
      case .queueFull: return .queueFull
      case .exhausted: return .exhausted
      }
    }
    guard sender.hasQueue else { return .sent }
    if writing == 0 { write(sender) }
    if unsent == nil, let noted = document?.unsent {
      unsent = noted
      noted.add(self)
    }
    return .queued
  }

  /// Sends queued packets as soon as the socket has room.
  private func write(_ sender: PacketSender) {
    isAwaitingMemory = sender.isCongested
    writing =
      isAwaitingMemory
      ? g_timeout_add_full(
        G_PRIORITY_DEFAULT, guint(MARTLET_CONGESTION_MILLISECONDS), Self.lessCongested,
        Unmanaged.passRetained(self).toOpaque(), Self.release)
      : watch(G_IO_OUT, Self.writable)
  }

  private static let writable: GUnixFDSourceFunc = { _, _, data in
    Unmanaged<Lane>.fromOpaque(data!).takeUnretainedValue().writeOn() ? 1 : 0
  }

  private static let lessCongested: GSourceFunc = { data in
    Unmanaged<Lane>.fromOpaque(data!).takeUnretainedValue().writeOn() ? 1 : 0
  }

  /// Whether to keep the same source.
  private func writeOn() -> Bool {
    guard let sender else { return false }
    let isFlushed = sender.flush()
    if !isFlushed, sender.isCongested == isAwaitingMemory { return true }
    writing = 0
    if !isFlushed {
      write(sender)
    } else {
      forgetUnsent()
      if document == nil { close() }
    }
    return false
  }

  private func forgetUnsent() {
    unsent?.remove(self)
    unsent = nil
  }

  /// Sends queued packets, blocking until `end` at most, or until the queue is empty.
  func flush(until end: gint64 = .max) {
    if sender?.flush(until: Int64(end)) == true { forgetUnsent() }
  }

  // MARK: Receiving

  /// Starts delivering.
  func start() {
    if reading == 0, sender != nil { reading = watch(G_IO_IN, Self.readable) }
  }

  private static let readable: GUnixFDSourceFunc = { _, _, data in
    let lane = Unmanaged<Lane>.fromOpaque(data!).takeUnretainedValue()
    return lane.receive() ? 1 : 0
  }

  /// Delivers received packets: false when the lane is closed.
  private func receive() -> Bool {
    guard let document else { return false }
    // A turn of WebKit's loop takes as long as several packets.
    martlet_spin_begin(&spin, Int32(MARTLET_BURST_MILLISECONDS))
    let end = g_get_monotonic_time() + gint64(MARTLET_BURST_MILLISECONDS) * 1000
    var count = 0
    while count < Int(MARTLET_BURST_LIMIT), g_get_monotonic_time() < end {
      count += 1
      // A delivered envelope may have closed the lane; queued packets keep its socket open.
      let socket = socket
      guard socket >= 0, self.document != nil else { return false }
      var descriptors: [Int32] = []
      var outcome = document.receivePacket(&descriptors) {
        martlet_spin_receive(&spin, socket, $0, $1, $2, &$3)
      }
      if outcome == MARTLET_WIRE_LATER {
        outcome = document.receivePacket(&descriptors) {
          martlet_spin_receive_soon(&spin, socket, $0, $1, $2, &$3)
        }
      }
      switch outcome {
      case MARTLET_WIRE_LATER:
        start()
        // The loop does not sleep until WebKit has had its turn: waking up takes longer than most replies.
        if martlet_spin_is_worthwhile(&spin) { readOn() }
        return true
      case MARTLET_WIRE_ENDED where id == DocumentLanes.main && !martlet_wire_is_gone(socket):
        // The document has been left; its unload handlers may still send.
        stopReading()
        reading = watch(G_IO_HUP, Self.gone)
        return false
      case MARTLET_WIRE_ENDED, MARTLET_WIRE_BROKEN:
        document.ended(self)
        return false
      case let count:
        if !document.deliver(count, descriptors, from: self) {
          document.ended(self)
          return false
        }
      }
    }
    stopReading()
    guard sender != nil, self.document != nil else { return false }
    // For a page that is never idle: read again after as long as a burst may take.
    reading = g_timeout_add_full(
      G_PRIORITY_DEFAULT, guint(MARTLET_BURST_MILLISECONDS), Self.readOn,
      Unmanaged.passRetained(self).toOpaque(),
      Self.release)
    readOn()
    return false
  }

  /// Reads again as soon as WebKit is idle.
  private func readOn() {
    guard readingOn == 0 else { return }
    readingOn = g_idle_add_full(
      G_PRIORITY_LOW, Self.readOn, Unmanaged.passRetained(self).toOpaque(), Self.release)
  }

  private static let readOn: GSourceFunc = { data in
    let lane = Unmanaged<Lane>.fromOpaque(data!).takeUnretainedValue()
    lane.stopReading()
    _ = lane.receive()
    return 0
  }

  private func stopReading() {
    for source in [reading, readingOn] where source != 0 { g_source_remove(source) }
    reading = 0
    readingOn = 0
  }

  /// Sends an envelope and blocks until its reply is in the document's inbox. Returns the reply's length, or
  /// a negative `Status` when there is none. The end of the lane or of the document ends the wait, because
  /// the main process closes its end.
  func callSync(_ parts: [iovec], descriptors: inout [Int32]) -> Int {
    guard let document, sender != nil else { return Int(Status.closed.rawValue) }
    var handedOver: [OwnedDescriptor] = []
    if answers == nil {
      guard let ends = OwnedDescriptor.pair() else { return Int(Status.exhausted.rawValue) }
      answers = ends.0
      handedOver = [ends.1]
    }
    _ = releaseHeld()
    flush()
    let status = send(parts, ports: handedOver)
    flush()
    guard let answers, status.rawValue >= 0 else {
      if !handedOver.isEmpty { self.answers = nil }
      return Int(status.rawValue)
    }
    // The wait ends when the main process closes this end: nothing here may keep it open.
    handedOver = []
    let count = document.receivePacket(&descriptors) {
      martlet_spin_receive_answer(answers.number, $0, $1, $2, &$3)
    }
    if count < 0 { self.answers = nil }
    return max(count, Int(Status.closed.rawValue))
  }

  // MARK: The end

  private static let gone: GUnixFDSourceFunc = { _, _, data in
    let lane = Unmanaged<Lane>.fromOpaque(data!).takeUnretainedValue()
    lane.reading = 0
    if let document = lane.document { document.ended(lane) }
    return 0
  }

  /// Gives up the socket for transfer. Only for a new lane on which nothing has been sent. Nil when it is
  /// closed.
  func release() -> OwnedDescriptor? {
    leave()
    let socket = sender?.socket
    end()
    return socket
  }

  /// Closes the lane after its queue has been sent, or the other end is closed.
  func close() {
    leave()
    if sender?.hasQueue != true { end() }
  }

  /// Detaches the lane from its document.
  private func leave() {
    _ = releaseHeld()
    document = nil
    sender?.endHolding()
    answers = nil
    stopReading()
  }

  private func end() {
    if writing != 0 { g_source_remove(writing) }
    writing = 0
    sender = nil
    forgetUnsent()
  }

  private func watch(_ condition: GIOCondition, _ function: @escaping GUnixFDSourceFunc) -> guint {
    g_unix_fd_add_full(
      G_PRIORITY_DEFAULT, socket, condition, function, Unmanaged.passRetained(self).toOpaque(), Self.release)
  }

  private static let release: GDestroyNotify = { Unmanaged<Lane>.fromOpaque($0!).release() }
}

extension OutgoingPacket {
  /// The packet of an envelope whose first part begins with the header; every second part is a long buffer.
  /// Nil when the system is out of memory or descriptors.
  fileprivate init?(_ parts: [iovec], ports: [OwnedDescriptor]) {
    let isLong = parts.withUnsafeBufferPointer(length) > Int(MARTLET_PACKET_LIMIT)
    guard isLong || !ports.isEmpty else {
      self.init(parts)
      return
    }
    var writer = PacketWriter()
    var stream: [iovec] = []
    var place = -envelopeHeaderSize
    for (index, part) in parts.enumerated() {
      if isLong, index % 2 == 1, writer.hasRoom {
        guard writer.add(part, at: place) else { return nil }
      } else {
        stream.append(part)
        place += part.iov_len
      }
    }
    guard let packet = writer.packet(of: stream, ports: ports) else { return nil }
    self = packet
  }
}
