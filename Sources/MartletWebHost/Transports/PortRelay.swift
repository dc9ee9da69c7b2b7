// Relays a port that is transferred while envelopes sent on it earlier are still queued.

package import MartletIPC

/// Forwards envelopes between two sockets, so that the new holder's envelopes do not overtake queued ones.
package final class PortRelay {
  /// The active relays, kept alive only by this table.
  private static var running: [ObjectIdentifier: PortRelay] = [:]

  private var directions: [Direction] = []

  /// Relays between a port's `lane` and `end`, whose other end goes to the new holder, until either closes.
  package static func begin(_ lane: LaneSource, _ end: OwnedDescriptor) {
    let relay = PortRelay()
    let other = LaneSource(end, gathers: false, receiver: nil)
    relay.directions = [Direction(lane, other, of: relay), Direction(other, lane, of: relay)]
    running[ObjectIdentifier(relay)] = relay
    for direction in relay.directions { direction.begin() }
  }

  private func end() {
    Self.running[ObjectIdentifier(self)] = nil
  }

  /// One direction of the relay.
  private final class Direction: EnvelopeReceiver {
    private let from: LaneSource
    private let to: LaneSource
    private unowned let relay: PortRelay

    init(_ from: LaneSource, _ to: LaneSource, of relay: PortRelay) {
      self.from = from
      self.to = to
      self.relay = relay
    }

    func begin() {
      from.handOver(to: self)
      if !to.hasQueue { from.start() }
    }

    func receive(_ envelope: Envelope, _ reply: SyncReply?) {
      do {
        try to.send(Envelope.encode(envelope.kind, envelope.value), ports: envelope.ports)
      } catch {
        if error as? SendError != .closed { logEnd("\(error)") }
        from.close()
        to.close(flushing: true)
        return relay.end()
      }
      if to.hasQueue { from.pause() }
    }

    func receivedEnd(_ violation: String?) {
      if let violation { logEnd(violation) }
      to.close(flushing: true)
      relay.end()
    }

    /// An end that sends too fast meets back-pressure in its own socket, not here.
    func receivedRoom() { to.start() }

    private func logEnd(_ violation: String) {
      PageLog.shared.write(.port) { "closed a message port because of its other end: \(violation)" }
    }
  }
}
