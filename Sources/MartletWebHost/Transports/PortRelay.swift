// A port that is sent away while its other end has not taken all that was sent on it before.

package import MartletIPC

/// Hands on what two sockets say to each other, so that nothing the new holder sends overtakes what waits.
package enum PortRelay {
  /// Hands on between a port's `lane` and `end`, whose other end the new holder gets, until either closes.
  package static func begin(_ lane: LaneSource, _ end: OwnedDescriptor) {
    let other = LaneSource(end, gathers: false)
    connect(from: lane, to: other)
    connect(from: other, to: lane)
  }

  /// Each keeps the other, until one closes.
  private static func connect(from: LaneSource, to: LaneSource) {
    from.onEnvelope = { [unowned from] in hand($0, from: from, to: to) }
    from.onEnd = { violation in
      if let violation { logEnd(violation) }
      to.close(flushing: true)
    }
    // What an end sends too fast waits there and not here.
    to.onRoom = { [unowned from] in from.start() }
    if !to.hasQueue { from.start() }
  }

  private static func hand(_ envelope: Envelope, from: LaneSource, to: LaneSource) {
    do {
      try to.send(Envelope.encode(envelope.kind, envelope.value), ports: envelope.ports)
    } catch {
      if error as? SendError != .closed { logEnd("\(error)") }
      from.close()
      return to.close(flushing: true)
    }
    if to.hasQueue { from.pause() }
  }

  private static func logEnd(_ violation: String) {
    PageLog.shared.write(.port) { "closed a message port for its other end: \(violation)" }
  }
}
