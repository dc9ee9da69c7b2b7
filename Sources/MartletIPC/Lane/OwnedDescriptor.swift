// A file descriptor with one owner: whoever lets go of it last closes it. So a message that is dropped
// anywhere closes the ports that came with it (S-08).

internal import CMartletWire

/// Owns an open file descriptor.
package final class OwnedDescriptor {
  package let number: Int32

  /// Takes over `number`.
  package init(_ number: Int32) { self.number = number }

  deinit { martlet_wire_close(number) }

  /// Two connected packet sockets; nil when the system has no more descriptors.
  package static func pair() -> (OwnedDescriptor, OwnedDescriptor)? {
    var sockets: [Int32] = [-1, -1]
    guard martlet_wire_pair(&sockets) else { return nil }
    return (OwnedDescriptor(sockets[0]), OwnedDescriptor(sockets[1]))
  }
}

extension OwnedDescriptor {
  /// Whether it is a socket such as `pair` makes.
  package var isSocket: Bool { martlet_wire_is_socket(number) }
}
