// A port that is sent away while its other end has not taken all that was sent on it before.

package import IPC

/// Hands on what two sockets say to each other, so that nothing the new holder sends overtakes what waits.
package enum PortRelay {
  /// Hands on between a port's `channel` and `end`, whose other end the new holder gets, until either closes.
  package static func begin(_ channel: FrameChannel, _ end: OwnedDescriptor) {
    let other = FrameChannel(end, gathers: false)
    connect(from: channel, to: other)
    connect(from: other, to: channel)
  }

  /// Each keeps the other, until one closes.
  private static func connect(from: FrameChannel, to: FrameChannel) {
    from.onFrame = { [unowned from] in hand($0, from: from, to: to) }
    from.onEnd = { violation in
      if let violation { logEnd(violation) }
      to.close(flushing: true)
    }
    // What an end sends too fast waits there and not here.
    to.onRoom = { [unowned from] in from.start() }
    if !to.hasQueue { from.start() }
  }

  private static func hand(_ frame: Frame, from: FrameChannel, to: FrameChannel) {
    do {
      try to.send(Frame.encode(frame.kind, frame.value), ports: frame.ports)
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
