// Frees decoded values that contain themselves. Reference counting does not free cycles, so a renderer could
// fill the main process with such messages.

package import MartletClone

/// Tracks values with cycles: those that renderers sent, and those that handlers answered with.
///
/// A message's value has no single owner: the envelope, the router, a running handler and anything that it
/// stored all hold parts of it. So no owner releases it explicitly. The collector records the value when it
/// is decoded. A sweep from the main loop frees it once only the value itself holds its parts
/// (``CyclicGraphs``). Values still in use are scanned again after pauses. A pause grows from a second to a
/// minute, and lasts at least twenty times as long as the last scan. So scanning takes a twentieth of the
/// time, whatever renderers send.
@MainActor package final class CycleCollector {
  /// Runs a closure from the main loop after this many milliseconds.
  package typealias Later =
    @MainActor (
      _ milliseconds: UInt32, _ body: @escaping @MainActor () -> Void
    ) -> Void
  /// Runs `body` and returns how long it took.
  package typealias Measure = @MainActor (_ body: @MainActor () -> Void) -> Duration

  private let later: Later?
  private let measure: Measure

  /// Whether calls stay encoded until a listener in Swift needs their values. For an app whose listeners are
  /// in JavaScript, which decodes them itself.
  package var leavesCallsEncoded = false

  private var graphs = CyclicGraphs()
  private var isSweepDue = false
  private var isLaterSweepDue = false
  /// Pause before values still in use are scanned again.
  private var pause = CycleCollector.firstPause

  private static let firstPause: UInt32 = 1000
  private static let longestPause: UInt32 = 60_000
  /// Ratio of the pause after a scan to the scan's duration.
  private static let restPerLook = 20

  /// - Parameters:
  ///   - later: The main loop's timer. Without one, only ``sweepAll()`` frees values.
  ///   - measure: The clock that times a scan.
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

  /// The number of tracked values: still in use, or waiting to be freed.
  package var count: Int { graphs.count }

  /// Decodes a renderer's value, and tracks it if it has cycles.
  package func decode(_ bytes: RawSpan) throws(CloneError) -> CloneValue {
    var valueCount = 0
    return try decode(bytes, apart: [], valueCount: &valueCount)
  }

  /// Decodes a renderer's value, and tracks it if it has cycles.
  ///
  /// - Parameters:
  ///   - apart: The value's out-of-line buffers, which are not in `bytes`.
  ///   - valueCount: Set to the number of values.
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

  /// Frees `value` as soon as no other object holds any part of it. Values without cycles need not be added.
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

  /// Frees all values that are no longer in use, now.
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
