// One end of a packet socket that carries frames: the renderer lane, and a message port. Knows nothing of loops;
// whoever owns it says when to receive and when to flush. Never blocks.

internal import CWire

/// Sends and receives frames on a SOCK_SEQPACKET socket.
package final class FrameSocket {
  /// What `receive` came to.
  package enum Received {
    case frame(Frame)
    /// There is nothing more at the moment.
    case nothing
    /// The other end is gone.
    case end
  }

  /// Why a frame was not sent.
  package enum SendError: Error, Equatable {
    /// The other end is gone.
    case closed
    /// The other end does not read, and as much is waiting for it as may: 256 MiB.
    case queueFull
    /// The system has no memory or no descriptors left.
    case exhausted
  }

  /// The socket itself.
  package let owned: OwnedDescriptor
  /// Packets that the socket had no room for, oldest first, from `sent` on.
  private var queue: [Packet] = []
  private var sent = 0
  private var queuedBytes = 0
  private let queueLimit: Int

  /// Takes over one end of a pair.
  package init(_ socket: OwnedDescriptor, queueLimit: Int = Int(MARTLET_QUEUE_LIMIT)) {
    owned = socket
    self.queueLimit = queueLimit
  }

  package var descriptor: Int32 { owned.number }

  /// Tells the other end that nothing more will be sent; what it sends can still be received.
  package func endSending() {
    martlet_wire_end_sending(descriptor)
    queue = []
    sent = 0
  }

  /// Whether packets wait for room.
  package var hasQueue: Bool { sent < queue.count }

  // MARK: Sending

  /// Sends an encoded frame, or queues it behind those that wait. The ports leave this process with it.
  package func send(_ frame: [UInt8], ports: [OwnedDescriptor] = []) throws(SendError) {
    guard let packet = Packet(frame, ports: ports) else { throw .exhausted }
    if !hasQueue {
      switch Int(packet.send(on: descriptor)) {
      case 0: return
      case MARTLET_WIRE_LATER: break
      case MARTLET_WIRE_ENDED: throw .closed
      default: throw .exhausted
      }
    }
    guard queuedBytes + frame.count <= queueLimit else { throw .queueFull }
    queuedBytes += frame.count
    queue.append(packet)
  }

  /// Sends what waits, as far as there is room: true when nothing waits any more. When the other end is gone,
  /// nothing waits for it either.
  package func flush() -> Bool {
    while hasQueue {
      let packet = queue[sent]
      guard packet.send(on: descriptor) != MARTLET_WIRE_LATER else { return false }
      queuedBytes -= packet.size
      sent += 1
    }
    queue = []
    sent = 0
    return true
  }

  // MARK: Receiving

  /// The next frame.
  ///
  /// - Parameter buffer: Room for one packet, `packetLimit` bytes; its contents are of no use afterwards.
  /// - Throws: `FrameError` for what is no frame; whoever sent it is not to be listened to any longer.
  @MainActor package func receive(into buffer: UnsafeMutableRawBufferPointer) throws(FrameError) -> Received {
    let (outcome, descriptors) = packet(into: buffer)
    switch outcome {
    case MARTLET_WIRE_LATER: return .nothing
    case MARTLET_WIRE_ENDED: return .end
    case MARTLET_WIRE_BROKEN: throw FrameError("a packet that is too long or has too many descriptors")
    default:
      let bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<outcome])
      return .frame(try Frame(packet: bytes, descriptors: descriptors))
    }
  }

  /// The bytes of the longest packet.
  package static let packetLimit = Int(MARTLET_PACKET_LIMIT)

  private func packet(into buffer: UnsafeMutableRawBufferPointer) -> (Int, [OwnedDescriptor]) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: Int(MARTLET_DESCRIPTOR_LIMIT)) { numbers in
      var count = 0
      let outcome = martlet_wire_receive(
        descriptor, buffer.baseAddress!, buffer.count, numbers.baseAddress!, &count, false)
      return (outcome, count == 0 ? [] : numbers[..<count].map(OwnedDescriptor.init))
    }
  }
}
