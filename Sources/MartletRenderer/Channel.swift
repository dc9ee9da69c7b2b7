// One packet socket of a document: its lane to the main process, or a message port. What comes goes to the document's
// script, packet by packet; what does not fit into the socket waits, in order, and nothing here ever blocks except a
// synchronous call.

import CWebProcess
import CWire

final class Channel {
  /// What a script's send came to; the script knows these numbers.
  enum Status: Int32 {
    case sent = 0
    /// It waits for room in the socket.
    case queued = 1
    case closed = -1
    case queueFull = -2
    case exhausted = -3
  }

  /// Packets that are delivered before WebKit gets its turn.
  private static let burst = 16

  let id: Int32
  /// -1 when it is closed.
  private(set) var socket: Int32
  /// Owns this, and lets go of it as it ends: whoever uses it keeps it meanwhile, for a script that is called may end
  /// anything.
  private unowned(unsafe) var document: DocumentChannels?
  /// Frames that the script holds back to leave together; what is sent goes after them.
  private var outbox: OpaquePointer?
  private var outgoing: [StoredPacket] = []
  private var outgoingBytes = 0
  /// Where the main process answers synchronous calls; -1 while there is no such socket.
  private var answers: Int32 = -1
  private var spin = martlet_spin()
  private var reading: guint = 0
  private var writing: guint = 0

  /// Takes over `socket`.
  init(id: Int32, socket: Int32, of document: DocumentChannels) {
    self.id = id
    self.socket = socket
    self.document = document
  }

  deinit { close() }

  // MARK: Sending

  /// Takes the script's outbox into use: MARTLET_OUTBOX_SIZE bytes that stay where they are until this is closed.
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
    switch Int(martlet_outbox_send(outbox)) {
    case 0: return .sent
    case MARTLET_WIRE_LATER:
      let packet = martlet_outbox_borrow(outbox)
      defer { martlet_outbox_empty(outbox) }
      return queue(OutgoingFrame(frames: packet))
    case MARTLET_WIRE_ENDED: return .closed
    default: return .exhausted
    }
  }

  /// Sends a frame made of `parts`, whose first begins with the header; takes over `ports`.
  func send(_ parts: [iovec], ports: [Int32]) -> Status {
    _ = releaseHeld()
    guard let packet = OutgoingFrame(parts, ports: ports) else { return .exhausted }
    let outcome =
      outgoing.isEmpty
      ? Int(
        martlet_wire_send(
          socket, packet.parts, packet.parts.count, packet.descriptors, packet.descriptors.count, false))
      : MARTLET_WIRE_LATER
    if outcome == MARTLET_WIRE_LATER { return queue(packet) }
    closeAll(packet.descriptors)
    switch outcome {
    case 0: return .sent
    case MARTLET_WIRE_ENDED: return .closed
    default: return .exhausted
    }
  }

  private func queue(_ packet: OutgoingFrame) -> Status {
    guard outgoingBytes + packet.size <= Int(MARTLET_QUEUE_LIMIT) else {
      closeAll(packet.descriptors)
      return .queueFull
    }
    outgoingBytes += packet.size
    // What a port carries has its packets for itself.
    let isJoinable = id == DocumentChannels.lane && packet.descriptors.isEmpty
    if isJoinable, let last = outgoing.last, last.join(packet) { return .queued }
    outgoing.append(StoredPacket(packet, isJoinable: isJoinable))
    if writing == 0 {
      writing = watch(G_IO_OUT, Self.writable)
    }
    return .queued
  }

  private static let writable: GUnixFDSourceFunc = { _, _, data in
    let channel = Unmanaged<Channel>.fromOpaque(data!).takeUnretainedValue()
    if channel.flush(wait: false) { channel.writing = 0 }
    return channel.writing == 0 ? 0 : 1
  }

  /// Sends what waits: true when nothing does any more, or nobody is there to get it.
  private func flush(wait: Bool) -> Bool {
    var done = 0
    var isFull = false
    while done < outgoing.count, !isFull {
      let packet = outgoing[done]
      isFull = Int(packet.send(on: socket, wait: wait)) == MARTLET_WIRE_LATER
      if !isFull {
        outgoingBytes -= packet.size
        done += 1
      }
    }
    outgoing.removeFirst(done)
    return !isFull
  }

  // MARK: Receiving

  /// Delivers from now on.
  func start() {
    if reading == 0, socket >= 0 { reading = watch(G_IO_IN, Self.readable) }
  }

  private static let readable: GUnixFDSourceFunc = { _, _, data in
    let channel = Unmanaged<Channel>.fromOpaque(data!).takeUnretainedValue()
    return channel.receive() ? 1 : 0
  }

  /// Delivers what has come: false when the channel is closed.
  private func receive() -> Bool {
    guard let document else { return false }
    martlet_spin_begin(&spin)
    for _ in 0..<Self.burst {
      guard socket >= 0 else { return false }
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
      case MARTLET_WIRE_LATER: return true
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
    return true
  }

  /// Sends a frame and blocks until its reply lies in the document's inbox: the reply's length, or a `Status` below 0
  /// when there is none. Whatever ends the lane, or leaves the document, ends the wait: the main process closes its end.
  func callSync(_ parts: [iovec], descriptors: inout [Int32]) -> Int {
    guard let document, socket >= 0 else { return Int(Status.closed.rawValue) }
    var handedOver: [Int32] = []
    if answers < 0 {
      guard let ends = socketPair() else { return Int(Status.exhausted.rawValue) }
      answers = ends.0
      handedOver = [ends.1]
    }
    guard let packet = OutgoingFrame(parts, ports: handedOver) else {
      if !handedOver.isEmpty { endAnswers() }
      return Int(Status.exhausted.rawValue)
    }
    _ = releaseHeld()
    _ = flush(wait: true)
    let outcome = martlet_wire_send(
      socket, packet.parts, packet.parts.count, packet.descriptors, packet.descriptors.count, true)
    closeAll(packet.descriptors)
    let count =
      outcome == 0
      ? document.receivePacket(&descriptors) { martlet_spin_receive_answer(answers, $0, $1, $2, &$3) } : -1
    if count < 0 { endAnswers() }
    return max(count, Int(Status.closed.rawValue))
  }

  private func endAnswers() {
    if answers >= 0 { martlet_wire_close(answers) }
    answers = -1
  }

  // MARK: The end

  /// Gives up the socket to whoever sends it away, with what has not been read from it. -1 when it is closed.
  func release() -> Int32 {
    _ = releaseHeld()
    let socket = self.socket
    self.socket = -1
    document = nil
    stop()
    return socket
  }

  func close() {
    let socket = release()
    if socket >= 0 { martlet_wire_close(socket) }
  }

  private func stop() {
    if let outbox { martlet_outbox_free(outbox) }
    outbox = nil
    endAnswers()
    for source in [reading, writing] where source != 0 { g_source_remove(source) }
    reading = 0
    writing = 0
  }

  private func watch(_ condition: GIOCondition, _ function: @escaping GUnixFDSourceFunc) -> guint {
    g_unix_fd_add_full(
      G_PRIORITY_DEFAULT, socket, condition, function, Unmanaged.passRetained(self).toOpaque(), Self.release)
  }

  private static let release: GDestroyNotify = { Unmanaged<Channel>.fromOpaque($0!).release() }
}

/// Two connected sockets; nil when the system has no more.
func socketPair() -> (Int32, Int32)? {
  var sockets: (Int32, Int32) = (-1, -1)
  let isMade = withUnsafeMutablePointer(to: &sockets) {
    $0.withMemoryRebound(to: Int32.self, capacity: 2) { martlet_wire_pair($0) }
  }
  return isMade ? sockets : nil
}
