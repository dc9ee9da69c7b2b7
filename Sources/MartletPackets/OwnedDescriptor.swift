// A file descriptor with shared ownership: releasing the last reference closes it. So dropping a message
// anywhere closes the ports that came with it (S-08).

internal import CMartletWire

/// Owns an open file descriptor.
package final class OwnedDescriptor {
  /// -1 after `take`.
  package private(set) var number: Int32

  /// Takes over `number`.
  package init(_ number: Int32) { self.number = number }

  deinit { if number >= 0 { martlet_wire_close(number) } }

  /// Gives up the descriptor, which the caller closes.
  func take() -> Int32 {
    defer { number = -1 }
    return number
  }

  /// A pair of connected packet sockets; nil when the system is out of descriptors.
  package static func pair() -> (OwnedDescriptor, OwnedDescriptor)? {
    var sockets: [Int32] = [-1, -1]
    guard martlet_wire_pair(&sockets) else { return nil }
    return (OwnedDescriptor(sockets[0]), OwnedDescriptor(sockets[1]))
  }
}

extension OwnedDescriptor {
  /// Whether it is a socket of the type that `pair` makes.
  package var isSocket: Bool { martlet_wire_is_socket(number) }
}
