@testable import MartletIPC
import Testing

@Suite("The sequence gate (S-06)")
struct SequenceGateTests {
  @Test
  func `The sequence gate passes envelopes that come in order at once`() {
    var gate = SequenceGate<String>()
    #expect(gate.admit("a", sequence: 1) == ["a"])
    #expect(gate.admit("b", sequence: 2) == ["b"])
    #expect(gate.admit("c", sequence: 3) == ["c"])
  }

  @Test
  func `The sequence gate keeps early envelopes until their turn`() {
    var gate = SequenceGate<String>()
    #expect(gate.admit("c", sequence: 3) == [])
    #expect(gate.admit("e", sequence: 5) == [])
    #expect(gate.admit("a", sequence: 1) == ["a"])
    #expect(gate.admit("b", sequence: 2) == ["b", "c"])
    #expect(gate.admit("d", sequence: 4) == ["d", "e"])
    #expect(gate.admit("f", sequence: 6) == ["f"])
  }

  @Test
  func `The sequence gate keeps bytes up to a limit, which a single envelope may exceed`() {
    var gate = SequenceGate<String>(limit: 100, sizeLimit: 10, first: 1)
    #expect(gate.admit("c", sequence: 3, size: 50) == [])
    #expect(gate.admit("d", sequence: 4, size: 1) == nil)
    #expect(gate.admit("a", sequence: 1, size: 50) == ["a"])
    #expect(gate.admit("b", sequence: 2, size: 50) == ["b", "c"])
    for (number, item) in ["f", "g"].enumerated() {
      #expect(gate.admit(item, sequence: UInt32(5 + number), size: 5) == [])
    }
    #expect(gate.admit("h", sequence: 7, size: 1) == nil)
    #expect(gate.admit("e", sequence: 4, size: 50) == ["e", "f", "g"])
    // There is room again.
    #expect(gate.admit("j", sequence: 8, size: 5) == [])
    #expect(gate.admit("k", sequence: 9, size: 5) == [])
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `The sequence gate restores the order of the numbers from any order`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var gate = SequenceGate<UInt32>()
    var passed: [UInt32] = []
    for number in (1...2000 as ClosedRange<UInt32>).shuffled(using: &random) {
      passed += gate.admit(number, sequence: number) ?? []
    }
    #expect(passed == Array(1...2000))
  }

  @Test
  func `The sequence gate refuses a number that has passed or is kept already, and 0`() {
    var gate = SequenceGate<String>()
    #expect(gate.admit("zero", sequence: 0) == nil)
    #expect(gate.admit("a", sequence: 1) == ["a"])
    #expect(gate.admit("a again", sequence: 1) == nil)
    #expect(gate.admit("c", sequence: 3) == [])
    #expect(gate.admit("c again", sequence: 3) == nil)
    #expect(gate.admit("zero", sequence: 0) == nil)
    #expect(gate.admit("b", sequence: 2) == ["b", "c"])
  }

  @Test
  func `The sequence gate refuses a flood of early envelopes, and keeps no more than its limit`() {
    var gate = SequenceGate<UInt32>(limit: 100)
    for number in 2...101 as ClosedRange<UInt32> { #expect(gate.admit(number, sequence: number) == []) }
    #expect(gate.admit(102, sequence: 102) == nil)
  }

  @Test
  func `The sequence gate passes the missing envelope when it keeps the most that it can`() {
    var gate = SequenceGate<UInt32>(limit: 100)
    for number in 2...101 as ClosedRange<UInt32> { #expect(gate.admit(number, sequence: number) == []) }
    #expect(gate.admit(1, sequence: 1) == Array(1...101))
  }

  @Test
  func `The sequence gate expects 0 after the last number`() {
    var gate = SequenceGate<String>(limit: 100, first: .max - 1)
    #expect(gate.admit("third", sequence: 0) == [])
    #expect(gate.admit("passed", sequence: .max - 2) == nil)
    #expect(gate.admit("first", sequence: .max - 1) == ["first"])
    #expect(gate.admit("second", sequence: .max) == ["second", "third"])
    #expect(gate.admit("fourth", sequence: 1) == ["fourth"])
  }

  @Test
  func `The sequence gate lets a synchronous call overtake any number of messages`() {
    var gate = SequenceGate<UInt32>(limit: 100)
    #expect(gate.admit(10_001, sequence: 10_001) == [])
    var passed: [UInt32] = []
    for number in 1...10_000 as ClosedRange<UInt32> { passed += gate.admit(number, sequence: number) ?? [] }
    #expect(passed == Array(1...10_001))
  }
}
