// Limits the memory of one page's pending calls: a page can call faster than handlers answer.

/// Counts the memory of pending calls, from the start of the handler until the answer.
@MainActor package final class UnansweredCalls {
  /// Limit in bytes, the same as that of the longest message.
  package static let limit = 1 << 30
  /// Overhead of a call beyond its arguments: its handler's task, an event, a reply.
  private static let bytesPerCall = 4096

  /// Approximate memory in bytes of the pending calls.
  package private(set) var bytes = 0

  package init() {}

  /// Counts a call whose arguments have this `footprint` for as long as the returned object lives. Nil when
  /// the limit is reached; a single call may have any size.
  package func hold(_ footprint: Int) -> Hold? {
    let size = footprint + Self.bytesPerCall
    guard bytes == 0 || size <= Self.limit - bytes else { return nil }
    return Hold(size, of: self)
  }

  /// One pending call.
  @MainActor package final class Hold {
    private let size: Int
    private let calls: UnansweredCalls

    fileprivate init(_ size: Int, of calls: UnansweredCalls) {
      self.size = size
      self.calls = calls
      calls.bytes += size
    }

    isolated deinit { calls.bytes -= size }
  }
}
