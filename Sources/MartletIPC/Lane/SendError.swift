// Why an envelope was not sent: from the socket up to whoever called.

/// Why an envelope was not sent. Its ports are closed.
package enum SendError: Error, Equatable {
  /// The other end is gone.
  case closed
  /// The other end does not read, and as much is waiting for it as may: 256 MiB.
  case queueFull
  /// The system has no memory or no descriptors left.
  case exhausted
}
