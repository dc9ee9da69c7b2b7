// Polling for a condition, with a time limit.

internal import CMartletGio

/// A point in time at which a wait fails.
public struct Deadline: Sendable {
  private let end: Int

  /// Makes a deadline.
  ///
  /// - Parameter seconds: Time from now.
  public init(seconds: Double) {
    end = g_get_monotonic_time() + Int(seconds * 1_000_000)
  }

  /// Default deadline of a wait, 30 seconds: far longer than any step takes on a slow machine.
  public static var usual: Deadline { Deadline(seconds: 30) }

  /// Whether the deadline has passed.
  public var isOver: Bool { g_get_monotonic_time() >= end }

  /// Milliseconds left, at least 0.
  var millisecondsLeft: Int32 { Int32(max(0, min(end - g_get_monotonic_time(), 3_600_000_000)) / 1000) }
}

/// Polls `look` until it returns a value.
///
/// - Parameters:
///   - what: The awaited condition, for the error's text.
///   - deadline: The end of the wait.
///   - look: Returns nil for "not yet". An error it throws counts as "not yet" too, and is included in the
///     failure.
/// - Throws: `TestingError` when the deadline has passed.
public func eventually<T>(
  _ what: String, by deadline: Deadline = .usual, _ look: () throws -> T?
) throws(TestingError) -> T {
  var lastError: (any Error)?
  repeat {
    do {
      if let found = try look() { return found }
      lastError = nil
    } catch {
      lastError = error
    }
    g_usleep(20_000)
  } while !deadline.isOver
  throw TestingError("timed out waiting for \(what)" + (lastError.map { ": \($0)" } ?? ""))
}

/// A failure while driving an app.
public struct TestingError: Error, CustomStringConvertible {
  public let description: String

  /// Makes an error with a text.
  public init(_ description: String) { self.description = description }
}
