// One packet socket of a document: its lane to the main process, or a message port. What comes goes to the
// document's script, packet by packet; what does not fit into the socket waits, in order, and outlives the
// document. Nothing here ever blocks except a synchronous call.

import CMartletWebProcess
import CMartletWire

final class Lane {
  /// What a script's send came to; the script knows these numbers.
  enum Status: Int32 {
    case sent = 0
    /// It waits for room in the socket.
    case queued = 1
    case closed = -1
    case queueFull = -2
    case exhausted = -3
  }

  let id: Int32
  /// -1 when it is closed.
  private(set) var socket: Int32
  /// Owns this, and lets go of it as it ends: whoever uses it keeps it meanwhile, for a script that is called
  /// may end anything.
  private unowned(unsafe) var document: DocumentLanes?
  /// Envelopes that the script holds back to leave together; what is sent goes after them.
  private var outbox: OpaquePointer?
  private var outgoing: [StoredPacket] = []
  private var outgoingBytes = 0
  private var flight = martlet_flight()
  /// Why it waits: one of wire.h's outcomes.
  private var obstacle: Int32 = 0
  /// Where it is noted that something waits.
  private var unsent: UnsentLanes?
  /// Where the main process answers synchronous calls; -1 while there is no such socket.
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

  /// Takes the script's outbox into use: MARTLET_OUTBOX_SIZE bytes that stay where they are until this is
  /// closed.
  func hold(in memory: UnsafeMutableRawPointer) {
    if outbox == nil, socket >= 0 { outbox = martlet_outbox_new(socket, memory) }
  }

  /// Has what is held back leave in time whatever the script does.
  func watchHeld() {
    if let outbox { martlet_outbox_watch(outbox) }
  }

  /// Sends what is held back.
  func releaseHeld() -> Status {
    guard let outbox else { return .sent }
    let outcome = martlet_outbox_send(outbox)
    switch Int(outcome) {
    case 0: return .sent
    case MARTLET_WIRE_LATER, MARTLET_WIRE_CONGESTED:
      let packet = martlet_outbox_borrow(outbox)
      defer { martlet_outbox_empty(outbox) }
      // The thread may have sent it since, and a packet without bytes would be the lane's end to the main
      // process.
      guard packet.iov_len > 0 else { return .sent }
      return queue(OutgoingEnvelope(envelopes: packet), for: outcome)
    case MARTLET_WIRE_ENDED: return .closed
    default: return .exhausted
    }
  }

  /// Sends an envelope of one piece that fits into a packet, and has no ports.
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
  /// - Parameter isLast: Whether it goes however much waits already.
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
    // What a port carries has its packets for itself.
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

  /// Sends what waits as soon as there is room.
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

  /// Whether to go on with the same source.
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

  /// Sends what waits: 0 when nothing does any more, or nobody is there to get it, else why it still does.
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

  /// Sends what waits, and blocks for it until `end` at most.
  func flush(until end: gint64) {
    while true {
      let outcome = flush()
      let left = (end - g_get_monotonic_time()) / 1000
      if outcome == 0 || left <= 0 { return }
      martlet_wire_wait_for_room(socket, outcome, Int32(left))
    }
  }

  /// Sends what waits, and blocks until that is done.
  private func flushAll() {
    while true {
      let outcome = flush()
      if outcome == 0 { return }
      martlet_wire_wait_for_room(socket, outcome, -1)
    }
  }

  // MARK: Receiving

  /// Delivers from now on.
  func start() {
    if reading == 0, socket >= 0 { reading = watch(G_IO_IN, Self.readable) }
  }

  private static let readable: GUnixFDSourceFunc = { _, _, data in
    let lane = Unmanaged<Lane>.fromOpaque(data!).takeUnretainedValue()
    return lane.receive() ? 1 : 0
  }

  /// Delivers what has come: false when the lane is closed.
  private func receive() -> Bool {
    guard let document else { return false }
    // A round of WebKit's loop takes as long as several packets.
    martlet_spin_begin(&spin, Int32(MARTLET_BURST_MILLISECONDS))
    let end = g_get_monotonic_time() + gint64(MARTLET_BURST_MILLISECONDS) * 1000
    var count = 0
    while count < Int(MARTLET_BURST_LIMIT), g_get_monotonic_time() < end {
      count += 1
      // What was delivered may have closed it, and what waits to be sent keeps its socket open.
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
        // Until WebKit has had its turn the loop does not sleep: to be woken takes longer than most answers.
        if martlet_spin_is_worthwhile(&spin) { readOn() }
        return true
      case MARTLET_WIRE_ENDED where id == DocumentLanes.main && !martlet_wire_is_gone(socket):
        // The document has been left; what it says of that is to come.
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
    // A page that is never done has no more time to itself than what comes.
    reading = g_timeout_add_full(
      G_PRIORITY_DEFAULT, guint(MARTLET_BURST_MILLISECONDS), Self.readOn,
      Unmanaged.passRetained(self).toOpaque(),
      Self.release)
    readOn()
    return false
  }

  /// Reads again as soon as WebKit has nothing else to do.
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

  /// Sends an envelope and blocks until its reply lies in the document's inbox: the reply's length, or a
  /// `Status` below 0 when there is none. Whatever ends the lane, or leaves the document, ends the wait: the
  /// main process closes its end.
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

  /// Gives up the socket to whoever sends it away: one that was just made, on which nothing has been sent. -1
  /// when it is closed.
  func release() -> Int32 {
    leave()
    return end()
  }

  /// Closes it as soon as what waits has been sent, or nobody is there to get it.
  func close() {
    leave()
    let socket = outgoing.isEmpty ? end() : -1
    if socket >= 0 { martlet_wire_close(socket) }
  }

  /// Has nothing to do with its document any more.
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

/// Two connected sockets; nil when the system has no more.
func socketPair() -> (Int32, Int32)? {
  var sockets: (Int32, Int32) = (-1, -1)
  let isMade = withUnsafeMutablePointer(to: &sockets) {
    $0.withMemoryRebound(to: Int32.self, capacity: 2) { martlet_wire_pair($0) }
  }
  return isMade ? sockets : nil
}
