// Who frees what crossed and contains itself: Swift's reference counts do not, and a renderer could fill the
// main process with such messages.

package import MartletClone

/// Watches over values with cycles, those that renderers sent and those that handlers answered with.
///
/// A message's value belongs to nobody in particular: the envelope, the dispatcher, a handler that is still
/// running and whatever that has kept all hold parts of it. So nobody hands it back. It is noted here as it
/// is decoded, and freed by a sweep from the main loop once nothing but itself holds it (``CyclicGraphs``).
/// What is still in use is looked at again after pauses: they grow from a second to a minute, and are twenty
/// times as long at least as the last look took, so that looking takes a twentieth of the time whatever
/// renderers send.
@MainActor package final class CycleCollector {
  /// Runs a closure from the main loop after so many milliseconds.
  package typealias Later =
    @MainActor (
      _ milliseconds: UInt32, _ body: @escaping @MainActor () -> Void
    ) -> Void
  /// Runs `body` and returns how long it took.
  package typealias Measure = @MainActor (_ body: @MainActor () -> Void) -> Duration

  private let later: Later?
  private let measure: Measure

  private var graphs = CyclicGraphs()
  private var isSweepDue = false
  private var isLaterSweepDue = false
  /// How long what is in use is left alone before the next look.
  private var pause = CycleCollector.firstPause

  private static let firstPause: UInt32 = 1000
  private static let longestPause: UInt32 = 60_000
  /// A look is followed by so many times what it took.
  private static let restPerLook = 20

  /// - Parameters:
  ///   - later: The main loop's timer. Without one, nothing is freed but by ``sweepAll()``.
  ///   - measure: The clock that times a look.
  package init(later: Later? = nil, measure: @escaping Measure = CycleCollector.measureByClock) {
    self.later = later
    self.measure = measure
  }

  package static func measureByClock(_ body: @MainActor () -> Void) -> Duration {
    let clock = ContinuousClock()
    let begin = clock.now
    body()
    return clock.now - begin
  }

  /// How many values wait to be freed or are still in use.
  package var count: Int { graphs.count }

  /// Decodes a value of a stranger's, and sees to its end.
  package func decode(_ bytes: RawSpan) throws(CloneError) -> CloneValue {
    var valueCount = 0
    return try decode(bytes, apart: [], valueCount: &valueCount)
  }

  /// Decodes a value of a stranger's, and sees to its end.
  ///
  /// - Parameters:
  ///   - apart: Its buffers that are not in `bytes`.
  ///   - valueCount: Set to how many values there are.
  func decode(
    _ bytes: RawSpan, apart: [CloneSegments.Bulk], valueCount: inout Int
  ) throws(CloneError) -> CloneValue {
    var hasCycles = false
    let value = try bytes.withUnsafeBytes { (bytes) throws(CloneError) in
      try CloneCodec.decode(bytes, apart: apart, hasCycles: &hasCycles, valueCount: &valueCount)
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

  private func lookAgain(after rest: UInt32 = 0) {
    guard let later, !graphs.isEmpty, !isLaterSweepDue else { return }
    isLaterSweepDue = true
    later(max(pause, rest)) { [weak self] in
      guard let self else { return }
      isLaterSweepDue = false
      let time = measure { self.graphs.look() }
      lookAgain(after: Self.rest(after: time))
    }
    pause = min(pause * 2, Self.longestPause)
  }

  private static func rest(after time: Duration) -> UInt32 {
    let rest = (time * restPerLook).components
    return UInt32(clamping: rest.seconds * 1000 + rest.attoseconds / 1_000_000_000_000_000)
  }
}
