import MartletIPC
import Testing

@MainActor @Suite("Pending calls of a page")
struct UnansweredCallsTests {
  private let calls = UnansweredCalls()

  @Test
  func `Pending calls of a page hold 1 GiB at most, and each answer makes room`() throws {
    let half = UnansweredCalls.limit / 2
    var first = calls.hold(half)
    #expect(first != nil)
    #expect(calls.hold(half) == nil, "each takes a little more than its arguments")
    let second = calls.hold(half - 10_000)
    #expect(second != nil)
    #expect(calls.hold(half) == nil)
    first = nil
    let third = calls.hold(half)
    #expect(third != nil)
    withExtendedLifetime((second, third)) {}
  }

  @Test
  func `A single pending call may have any size`() {
    var huge = calls.hold(10 * UnansweredCalls.limit)
    #expect(huge != nil)
    #expect(calls.hold(0) == nil)
    huge = nil
    #expect(calls.bytes == 0)
  }

  @Test
  func `Pending calls without arguments count too: 100,000 are taken, a million are not`() {
    var holds: [UnansweredCalls.Hold] = []
    while holds.count < 1_000_000, let hold = calls.hold(0) { holds.append(hold) }
    #expect((100_000..<1_000_000).contains(holds.count), "\(holds.count)")
    holds = []
    #expect(calls.bytes == 0)
  }
}

@MainActor @Suite("The footprint of an envelope")
struct FootprintTests {
  private func footprint(_ payload: [UInt8]) throws -> Int {
    try Envelope(bytes: envelopeBytes(payload: payload)).footprint
  }

  @Test
  func `The footprint of an envelope is its bytes, and more for each of its values`() throws {
    let nothing = try footprint([])
    #expect(nothing == 0)
    let text = try footprint([0xFF, 15, UInt8(ascii: "\""), 100] + [UInt8](repeating: 65, count: 100))
    #expect((100..<300).contains(text), "\(text)")
    let list = [0xFF, 15, UInt8(ascii: "A"), 100] + [UInt8](repeating: UInt8(ascii: "_"), count: 100)
    let values = try footprint(list + [UInt8(ascii: "$"), 0, 100])
    #expect(values > 2400, "\(values): each takes 24 bytes at least")
  }
}
