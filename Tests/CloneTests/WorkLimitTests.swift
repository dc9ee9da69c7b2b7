// Limits of the work that decoding a message can cause, in addition to the limit of its values.

import MartletClone
import Testing

@Suite("The work of a message")
struct WorkLimitTests {
  /// A list with the same item `count` times.
  private func list(_ count: Int, of item: [UInt8]) -> [UInt8] {
    let items =
      item.count == 1 ? [UInt8](repeating: item[0], count: count) : (0..<count).flatMap { _ in item }
    return wire("A") + varint(count) + items + raw("$\\x00") + varint(count)
  }

  /// The error of decoding `bytes` with this object limit.
  private func decode(_ bytes: [UInt8], objectLimit: Int) -> CloneError? {
    var hasCycles = false
    var valueCount = 0
    return failure { () throws(CloneError) in
      try bytes.span.bytes.withUnsafeBytes { (bytes) throws(CloneError) in
        try CloneCodec.decode(
          bytes, objectLimit: objectLimit, hasCycles: &hasCycles, valueCount: &valueCount)
      }
    }
  }

  @Test(arguments: [
    "o{\\x00", "A\\x00$\\x00\\x00", "a\\x00@\\x00\\x00", "r.", "',\\x00", ";:\\x00", "y", "R\"\\x00\\x00",
    "B\\x00",
  ])
  func `The work of a message counts the objects of every kind`(_ item: String) throws {
    func decode(_ count: Int) -> CloneError? { self.decode(list(count, of: raw(item)), objectLimit: 10) }
    // The list counts as an object, too.
    #expect(decode(9) == nil)
    #expect(decode(10)?.message == "More than 10 objects")
    #expect(decode(10)?.code == .ipcTooManyValues)
  }

  @Test
  func `A message may have 4,194,304 objects, in both directions, and not one more`() throws {
    let most = CloneCodec.maximumObjectCount
    #expect(most == 4_194_304)
    let value = try CloneCodec.decode(list(most - 1, of: raw("y")))
    #expect(try CloneCodec.encode(value).count > most)
    #expect(failure(list(most, of: raw("y")))?.message == "More than 4194304 objects")
    let more = failure { () throws(CloneError) in try CloneCodec.encode([value]) }
    #expect(more?.description == "An object could not be cloned. (more than 4194304 objects)")
    // The marks have been removed.
    #expect(try CloneCodec.encode([value[0]]) == wire("A\\x01y$\\x00\\x01"))
  }

  @Test
  func `A key that is a number with a fraction counts as four objects`() {
    func object(_ count: Int) -> [UInt8] {
      let keys = (0..<count).flatMap { index in
        raw("N") + withUnsafeBytes(of: Double(index) + 0.1) { Array($0) } + raw("_")
      }
      return wire("o") + keys + raw("{") + varint(count)
    }
    #expect(decode(object(2), objectLimit: 10) == nil)
    #expect(decode(object(3), objectLimit: 10)?.message == "More than 10 objects")
    let bytes = object(100_000)
    let clock = ContinuousClock()
    let time = clock.measure { #expect(failure(bytes) == nil) }
    #expect(time < .seconds(20))
  }

  @Test
  func `Numbers as keys have the same texts as in JavaScript`() throws {
    let texts: [(Double, String)] = [
      (0.1, "0.1"), (-0.5, "-0.5"), (1.5, "1.5"), (123456.789, "123456.789"), (1e21, "1e+21"),
      (1e20, "100000000000000000000"),
      (123456789012345683968, "123456789012345680000"), (1.2345e25, "1.2345e+25"), (1e-6, "0.000001"),
      (1.5e-6, "0.0000015"),
      (1e-7, "1e-7"), (1.25e-7, "1.25e-7"), (.leastNonzeroMagnitude, "5e-324"),
      (1.7976931348623157e308, "1.7976931348623157e+308"),
      (-2.2250738585072014e-308, "-2.2250738585072014e-308"), (4294967296, "4294967296"), (-1, "-1"),
      (.infinity, "Infinity"), (-.infinity, "-Infinity"), (.nan, "NaN"), (0.1 + 0.2, "0.30000000000000004"),
      (9007199254740992, "9007199254740992"), (1e100, "1e+100"), (100, "100"), (4294967295, "4294967295"),
    ]
    for (number, text) in texts {
      let bytes = wire("oN") + withUnsafeBytes(of: number) { Array($0) } + raw("_{\\x01")
      guard case .object(let object) = try CloneCodec.decode(bytes) else { return }
      #expect(object.keys == [text])
      #expect(CloneValue.number(number).description == text)
    }
    #expect(CloneValue.number(-0.0).description == "-0")
  }
}
