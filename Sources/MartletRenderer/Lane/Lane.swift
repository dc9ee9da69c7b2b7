// One packet socket of a document: its lane to the main process, or a message port. Received packets go to
// the document's script. Packets that do not fit into the socket are queued in order, and outlive the
// document. Nothing here blocks, except a synchronous call and the last flush of a page.

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
  /// -1 when it is closed.
  private(set) var socket: Int32
  /// The owner, which releases the lane when it ends. Code that uses it keeps it alive meanwhile, because a
  /// called script may end anything.
  private unowned(unsafe) var document: DocumentLanes?
  /// Envelopes that the script holds back to send them together; later ones are sent after them.
  private var outbox: OpaquePointer?
  private var outgoing: [StoredPacket] = []
  private var outgoingBytes = 0
  private var flight = martlet_flight()
  /// The reason for back-pressure: one of wire.h's outcomes.
  private var obstacle: Int32 = 0
  /// The page's list of lanes with queued packets.
  private var unsent: UnsentLanes?
  /// The socket for the main process's replies to synchronous calls; -1 while there is none.
  private var answers: Int32 = -1
  private var spin = martlet_spin()
  private var reading: guint = 0
  private var readingOn: guint = 0
  private var writing: guint = 0

  /// Takes over `socket`.
  init(id: Int32, socket: Int32, of document: DocumentLanes) {
    self.id = id
    self.socket = socket
    self.document = document
  }

  deinit {
    if let outbox { martlet_outbox_free(outbox) }
    let socket = end()
    if socket >= 0 { martlet_wire_close(socket) }
  }

  // MARK: Sending

  /// Attaches the script's outbox: MARTLET_OUTBOX_SIZE bytes that do not move until this lane is closed.
  func hold(in memory: UnsafeMutableRawPointer) {
    if outbox == nil, socket >= 0 { outbox = martlet_outbox_new(socket, memory) }
  }

  /// Lets the outbox thread send held envelopes in time, whatever the script does.
  func watchHeld() {
    if let outbox { martlet_outbox_watch(outbox) }
  }

  /// Sends the held envelopes.
  func releaseHeld() -> Status {
    guard let outbox else { return .sent }
    let outcome = martlet_outbox_send(outbox)
    switch Int(outcome) {
    case 0: return .sent
    case MARTLET_WIRE_LATER, MARTLET_WIRE_CONGESTED:
      let packet = martlet_outbox_borrow(outbox)
      defer { martlet_outbox_empty(outbox) }
      // The thread may have sent them meanwhile. The main process would take an empty packet for the end of
      // the lane.
      guard packet.iov_len > 0 else { return .sent }
      return queue(OutgoingEnvelope(envelopes: packet), for: outcome)
    case MARTLET_WIRE_ENDED: return .closed
    default: return .exhausted
    }
  }

  /// Sends an envelope in one piece that fits into a packet and has no ports.
  func send(short envelope: iovec) -> Status {
    _ = releaseHeld()
    guard outgoing.isEmpty else { return queue(OutgoingEnvelope(envelopes: envelope), for: obstacle) }
    var part = envelope
    let outcome = martlet_wire_send(socket, &part, 1, nil, 0, false)
    switch Int(outcome) {
    case 0: return .sent
    case MARTLET_WIRE_LATER, MARTLET_WIRE_CONGESTED:
      return queue(OutgoingEnvelope(envelopes: envelope), for: outcome)
    case MARTLET_WIRE_ENDED: return .closed
    default: return .exhausted
    }
  }

  /// Sends an envelope made of `parts`, whose first begins with the header; takes over `ports`.
  ///
  /// - Parameter isLast: Whether to send it regardless of the queue limit.
  func send(_ parts: [iovec], ports: [Int32], isLast: Bool = false) -> Status {
    _ = releaseHeld()
    guard let packet = OutgoingEnvelope(parts, ports: ports) else { return .exhausted }
    guard outgoing.isEmpty else { return queue(packet, for: obstacle, isLast: isLast) }
    let outcome = martlet_flight_send(
      &flight, packet.memory, socket, packet.parts, packet.parts.count, packet.descriptors,
      packet.descriptors.count)
    switch Int(outcome) {
    case MARTLET_WIRE_LATER, MARTLET_WIRE_CONGESTED: return queue(packet, for: outcome)
    case 0: packet.close(); return .sent
    case MARTLET_WIRE_ENDED: packet.close(); return .closed
    default: packet.close(); return .exhausted
    }
  }

  private func queue(_ packet: OutgoingEnvelope, for obstacle: Int32, isLast: Bool = false) -> Status {
    let limit = Int(MARTLET_QUEUE_LIMIT)
    guard outgoing.isEmpty || isLast || outgoingBytes + packet.size <= limit else {
      packet.close()
      return .queueFull
    }
    outgoingBytes += packet.size
    // Envelopes of a port are not batched.
    let isJoinable = id == DocumentLanes.main && packet.descriptors.isEmpty
    if isJoinable, let last = outgoing.last, last.join(packet) { return .queued }
    outgoing.append(StoredPacket(packet, isJoinable: isJoinable))
    if writing == 0 { write(obstacle) }
    if unsent == nil, let noted = document?.unsent {
      unsent = noted
      noted.add(self)
    }
    return .queued
  }

  /// Sends queued packets as soon as the socket has room.
  private func write(_ obstacle: Int32) {
    self.obstacle = obstacle
    writing =
      Int(obstacle) == MARTLET_WIRE_CONGESTED
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
    let outcome = flush()
    if outcome != 0, outcome == obstacle { return true }
    writing = 0
    if outcome != 0 {
      write(outcome)
    } else if document == nil {
      close()
    }
    return false
  }

  /// Sends queued packets. Returns 0 when the queue is empty or the other end is closed, else the reason for
  /// back-pressure.
  private func flush() -> Int32 {
    var done = 0
    var outcome: Int32 = 0
    while done < outgoing.count {
      outcome = outgoing[done].send(on: socket, &flight)
      if [MARTLET_WIRE_LATER, MARTLET_WIRE_CONGESTED].contains(Int(outcome)) { break }
      outcome = 0
      outgoingBytes -= outgoing[done].size
      done += 1
    }
    outgoing.removeFirst(done)
    if outcome == 0 { forgetUnsent() }
    return outcome
  }

  private func forgetUnsent() {
    unsent?.remove(self)
    unsent = nil
  }

  /// Sends queued packets, blocking until `end` at most.
  func flush(until end: gint64) {
    while true {
      let outcome = flush()
      let left = (end - g_get_monotonic_time()) / 1000
      if outcome == 0 || left <= 0 { return }
      martlet_wire_wait_for_room(socket, outcome, Int32(left))
    }
  }

  /// Sends queued packets, blocking until the queue is empty.
  private func flushAll() {
    while true {
      let outcome = flush()
      if outcome == 0 { return }
      martlet_wire_wait_for_room(socket, outcome, -1)
    }
  }

  // MARK: Receiving

  /// Starts delivering.
  func start() {
    if reading == 0, socket >= 0 { reading = watch(G_IO_IN, Self.readable) }
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
    guard socket >= 0, self.document != nil else { return false }
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
    guard let document, socket >= 0 else { return Int(Status.closed.rawValue) }
    var handedOver: [Int32] = []
    if answers < 0 {
      guard let ends = socketPair() else { return Int(Status.exhausted.rawValue) }
      answers = ends.0
      handedOver = [ends.1]
    }
    _ = releaseHeld()
    flushAll()
    let status = send(parts, ports: handedOver)
    if status == .queued { flushAll() }
    guard status.rawValue >= 0 else {
      if !handedOver.isEmpty { endAnswers() }
      return Int(status.rawValue)
    }
    let count = document.receivePacket(&descriptors) {
      martlet_spin_receive_answer(answers, $0, $1, $2, &$3)
    }
    if count < 0 { endAnswers() }
    return max(count, Int(Status.closed.rawValue))
  }

  private func endAnswers() {
    if answers >= 0 { martlet_wire_close(answers) }
    answers = -1
  }

  // MARK: The end

  private static let gone: GUnixFDSourceFunc = { _, _, data in
    let lane = Unmanaged<Lane>.fromOpaque(data!).takeUnretainedValue()
    lane.reading = 0
    if let document = lane.document { document.ended(lane) }
    return 0
  }

  /// Gives up the socket for transfer. Only for a new lane on which nothing has been sent. -1 when it is
  /// closed.
  func release() -> Int32 {
    leave()
    return end()
  }

  /// Closes the lane after its queue has been sent, or the other end is closed.
  func close() {
    leave()
    let socket = outgoing.isEmpty ? end() : -1
    if socket >= 0 { martlet_wire_close(socket) }
  }

  /// Detaches the lane from its document.
  private func leave() {
    _ = releaseHeld()
    document = nil
    if let outbox { martlet_outbox_free(outbox) }
    outbox = nil
    endAnswers()
    stopReading()
  }

  private func end() -> Int32 {
    if writing != 0 { g_source_remove(writing) }
    writing = 0
    outgoing = []
    forgetUnsent()
    let socket = self.socket
    self.socket = -1
    return socket
  }

  private func watch(_ condition: GIOCondition, _ function: @escaping GUnixFDSourceFunc) -> guint {
    g_unix_fd_add_full(
      G_PRIORITY_DEFAULT, socket, condition, function, Unmanaged.passRetained(self).toOpaque(), Self.release)
  }

  private static let release: GDestroyNotify = { Unmanaged<Lane>.fromOpaque($0!).release() }
}

/// A pair of connected sockets; nil when the system is out of descriptors.
func socketPair() -> (Int32, Int32)? {
  var sockets: (Int32, Int32) = (-1, -1)
  let isMade = withUnsafeMutablePointer(to: &sockets) {
    $0.withMemoryRebound(to: Int32.self, capacity: 2) { martlet_wire_pair($0) }
  }
  return isMade ? sockets : nil
}
