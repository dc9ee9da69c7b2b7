// Waiting for what should happen, with a limit.

internal import CMartletGio

/// A point in time after which a wait has failed.
public struct Deadline: Sendable {
  private let end: Int

  /// - Parameter seconds: How long from now.
  public init(seconds: Double) {
    end = g_get_monotonic_time() + Int(seconds * 1_000_000)
  }

  /// What a test waits for unless it says otherwise: far longer than anything takes on a slow machine.
  public static var usual: Deadline { Deadline(seconds: 30) }

  public var isOver: Bool { g_get_monotonic_time() >= end }

  /// Milliseconds that are left, at least 0.
  var millisecondsLeft: Int32 { Int32(max(0, min(end - g_get_monotonic_time(), 3_600_000_000)) / 1000) }
}

/// Looks again and again until `value` is there.
///
/// - Parameters:
///   - what: What is waited for, for the error's text.
///   - look: Nil for "not yet". What it throws counts as "not yet" too, and is named when time is up.
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
  throw TestingError("waited in vain for \(what)" + (lastError.map { ": \($0)" } ?? ""))
}

/// What went wrong while driving an app.
public struct TestingError: Error, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
