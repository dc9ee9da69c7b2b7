import MartletIPC
import MartletClone
import Testing

/// A main loop whose clock, and whose duration of a scan, the test sets.
@MainActor private final class SlowLoop {
  var lookTime = Duration.zero
  private(set) var looks = 0
  private var due: [(milliseconds: UInt32, body: @MainActor () -> Void)] = []

  private(set) lazy var collector = CycleCollector(
    later: { [unowned self] in due.append(($0, $1)) },
    measure: { [unowned self] body in
      body()
      looks += 1
      return lookTime
    })

  /// Runs due closures at once, and returns the pauses of the others.
  func runSweeps() -> [UInt32] {
    let now = due.filter { $0.milliseconds == 0 }
    due.removeAll { $0.milliseconds == 0 }
    now.forEach { $0.body() }
    return due.map(\.milliseconds)
  }

  /// Runs the first pending closure.
  func runLook() {
    let first = due.removeFirst()
    first.body()
  }
}

@MainActor @Suite("The pause between two sweeps")
struct CycleCollectorPauseTests {
  /// `[{ self }]` as a renderer may send it.
  private static let bytes: [UInt8] = [0xFF, 15] + Array("A\u{1}o\"\u{4}self^\u{1}{\u{1}$\u{0}\u{1}".utf8)

  @Test
  func `The pause between two sweeps is twenty times the last sweep, even while messages come`() throws {
    let loop = SlowLoop()
    let collector = loop.collector
    loop.lookTime = .seconds(5)
    let kept = try collector.decode(Self.bytes.span.bytes)
    #expect(loop.runSweeps() == [1000])
    loop.runLook()
    #expect(loop.runSweeps() == [100_000])
    // One message per second, each released at once.
    for _ in 0..<50 {
      _ = try collector.decode(Self.bytes.span.bytes)
      #expect(loop.runSweeps() == [100_000])
    }
    #expect(loop.looks == 1)
    loop.runLook()
    #expect(loop.looks == 2)
    loop.lookTime = .milliseconds(3)
    loop.runLook()
    #expect(loop.runSweeps() == [2000])
    #expect(kept[0]["self"].node === kept[0].node)
  }
}
