// A bound on the memory of one page's calls in flight: a page can call faster than handlers answer.

/// Counts what calls hold from when a handler gets them until they are answered.
@MainActor package final class UnansweredCalls {
  /// As much as the longest message has.
  package static let limit = 1 << 30
  /// The bytes of a call beside its arguments: the task of its handler, an event, a reply.
  private static let bytesPerCall = 4096

  /// About how many bytes are held now.
  package private(set) var bytes = 0

  package init() {}

  /// Takes note of a call whose arguments have this `footprint`, for as long as somebody holds what this
  /// gives. Nil when too much is held already; one alone may be of any size.
  package func hold(_ footprint: Int) -> Hold? {
    let size = footprint + Self.bytesPerCall
    guard bytes == 0 || size <= Self.limit - bytes else { return nil }
    return Hold(size, of: self)
  }

  /// One call that is not answered yet.
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
