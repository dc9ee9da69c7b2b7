// The reason why an envelope was not sent, reported from the socket up to the caller.

/// The reason why an envelope was not sent. Its ports are closed.
package enum SendError: Error, Equatable {
  /// The other end is closed.
  case closed
  /// The other end does not read, and the send queue is full: 256 MiB.
  case queueFull
  /// The system is out of memory or descriptors.
  case exhausted
}
