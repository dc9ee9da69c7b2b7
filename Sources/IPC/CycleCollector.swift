// Who frees what crossed and contains itself: Swift's reference counts do not, and a renderer could fill the main
// process with such messages.

package import StructuredClone

/// Watches over values with cycles, those that renderers sent and those that handlers answered with.
///
/// A message's value belongs to nobody in particular: the frame, the dispatcher, a handler that is still running
/// and whatever that has kept all hold parts of it. So nobody hands it back. It is noted here as it is decoded, and
/// freed by a sweep from the main loop once nothing but itself holds it (``CyclicGraphs``). What is still in use is
/// looked at again with the next such message, and after pauses that grow from a second to a minute.
@MainActor package final class CycleCollector {
  package static let shared = CycleCollector()

  /// Runs a closure from the main loop after so many milliseconds. Whoever has a main loop sets it; without one,
  /// nothing is freed but by ``sweepAll()``.
  package var later: (@MainActor (_ milliseconds: UInt32, _ body: @escaping @MainActor () -> Void) -> Void)?

  private var graphs = CyclicGraphs()
  private var isSweepDue = false
  private var isLaterSweepDue = false
  /// How long what is in use is left alone before the next look.
  private var pause = CycleCollector.firstPause

  private static let firstPause: UInt32 = 1000
  private static let longestPause: UInt32 = 60_000

  package init() {}

  /// How many values wait to be freed or are still in use.
  package var count: Int { graphs.count }

  /// Decodes a value of a stranger's, and sees to its end.
  ///
  /// - Parameter apart: Its buffers that are not in `bytes`.
  package func decode(
    _ bytes: RawSpan, apart: [CloneSegments.Bulk] = []
  ) throws(CloneError) -> CloneValue {
    var hasCycles = false
    let value = try bytes.withUnsafeBytes { (bytes) throws(CloneError) in
      try CloneCodec.decode(bytes, apart: apart, hasCycles: &hasCycles)
    }
    if hasCycles { add(value) }
    return value
  }

  /// Frees `value` as soon as nobody holds any part of it. One without cycles need not be given here.
  package func add(_ value: CloneValue) {
    graphs.add(value)
    pause = Self.firstPause
    guard let later, !isSweepDue else { return }
    isSweepDue = true
    later(0) { [weak self] in
      guard let self else { return }
      isSweepDue = false
      graphs.sweep()
      lookAgain()
    }
  }

  /// Frees what nobody uses any more, now.
  package func sweepAll() {
    graphs.sweepAll()
  }

  private func lookAgain() {
    guard let later, !graphs.isEmpty, !isLaterSweepDue else { return }
    isLaterSweepDue = true
    later(pause) { [weak self] in
      guard let self else { return }
      isLaterSweepDue = false
      graphs.sweepAll()
      lookAgain()
    }
    pause = min(pause * 2, Self.longestPause)
  }
}
