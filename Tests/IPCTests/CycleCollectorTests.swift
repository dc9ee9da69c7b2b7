import MartletIPC
import MartletClone
import Testing

/// A main loop whose time only passes when the test says so.
@MainActor
private final class ManualLoop {
  private var due: [(milliseconds: UInt32, body: @MainActor () -> Void)] = []

  private(set) lazy var collector = CycleCollector(later: { [unowned self] in due.append(($0, $1)) })

  /// The pauses of the pending closures.
  var pauses: [UInt32] { due.map(\.milliseconds) }

  func runAll() {
    let now = due
    due = []
    now.forEach { $0.body() }
  }
}

@Suite("Values with cycles from renderers")
@MainActor
struct CycleCollectorTests {
  /// `[{ self }]` as a renderer may send it.
  private static let bytes: [UInt8] = [0xFF, 15] + Array("A\u{1}o\"\u{4}self^\u{1}{\u{1}$\u{0}\u{1}".utf8)

  private func decode(by collector: CycleCollector) throws -> CloneValue {
    try collector.decode(Self.bytes.span.bytes)
  }

  @Test
  func `Values with cycles from renderers are freed: 10,000 messages leave none`() throws {
    let loop = ManualLoop()
    let collector = loop.collector
    for round in 1...100 {
      for _ in 0..<100 { _ = try decode(by: collector) }
      #expect(collector.count == 100)
      #expect(loop.pauses == [0], "one sweep for all, round \(round)")
      loop.runAll()
      #expect(collector.count == 0)
    }
    #expect(loop.pauses.isEmpty, "nothing to look at again")
  }

  @Test
  func `Values with cycles are swept again after growing pauses while a handler keeps them`() throws {
    let loop = ManualLoop()
    let collector = loop.collector
    var value = try decode(by: collector)
    var pauses: [UInt32] = []
    for _ in 0..<9 {
      loop.runAll()
      pauses += loop.pauses
    }
    #expect(pauses == [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000])
    #expect(value[0]["self"].node === value[0].node)
    value = .undefined
    loop.runAll()
    #expect(collector.count == 0)
    #expect(loop.pauses.isEmpty)
  }

  @Test
  func `Values with cycles that are kept cost the next message nothing`() throws {
    let loop = ManualLoop()
    let collector = loop.collector
    var kept: [CloneValue] = []
    for _ in 0..<1000 { kept.append(try decode(by: collector)) }
    loop.runAll()
    for _ in 0..<1000 {
      _ = try decode(by: collector)
      #expect(loop.pauses.count <= 2)
      loop.runAll()
    }
    #expect(kept.allSatisfy { $0[0]["self"].node === $0[0].node })
    kept = []
    collector.sweepAll()
    #expect(collector.count == 0)
  }

  @Test
  func `Values with cycles that a handler answers with are freed`() throws {
    let collector = CycleCollector()
    weak var node: CloneNode?
    do {
      let object = CloneObject()
      object["self"] = .object(object)
      node = object
      #expect(try reply(in: IpcReply.success(call: 1, .object(object), collector)).isSuccess)
      #expect(collector.count == 1)
    }
    #expect(node != nil)
    collector.sweepAll()
    #expect(node == nil)
  }
}
