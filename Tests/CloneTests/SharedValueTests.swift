// A message contains a shared value once; converted to Swift, each use of it is a separate value.

import MartletClone
import Testing

private struct SharedTree: Codable, CloneCodable, Equatable {
  var name: String?
  var children: [SharedTree]?
}

private struct Owner: Codable, CloneCodable, Equatable { var name: String }
private struct SharedRow: Codable, CloneCodable, Equatable {
  var title: String
  var owner: Owner
}

/// A conformance of an app, which does not know the budget.
private struct Rows: CloneDecodable {
  let rows: [[Double]]

  static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> Rows {
    guard case .array(let array) = value else { throw CloneTypeMismatch(expected: "Rows", found: value) }
    var rows: [[Double]] = []
    for element in array.elements { rows.append(try [Double].decode(from: element)) }
    return Rows(rows: rows)
  }
}

/// A received value: only received values have references that count as shared.
private func received(_ value: CloneValue) throws -> CloneValue { try roundTrip(value) }

private func list(_ count: Int, of value: CloneValue) -> CloneValue {
  .array(CloneArray([CloneValue](repeating: value, count: count)))
}

/// Nested lists, each with the next one `width` times.
private func levels(_ count: Int, width: Int, around value: CloneValue = 1) -> CloneValue {
  (0..<count).reduce(value) { value, _ in list(width, of: value) }
}

@Suite("Shared values")
struct SharedValueTests {
  private static let refusal =
    " values once objects that are shared are copied, "
    + "got more: take a CloneValue, which keeps them shared, or send less that is shared"

  private func mismatch<T: CloneDecodable>(_ type: T.Type, _ value: CloneValue) -> String? {
    do {
      _ = try value.converted(to: type)
      return nil
    } catch {
      return error.description
    }
  }

  /// Compares without the path, which depends on how far the conversion got.
  private func isRefused<T: CloneDecodable>(_ type: T.Type, _ value: CloneValue) throws -> Bool {
    let clock = ContinuousClock()
    var text: String?
    let time = clock.measure { text = mismatch(type, value) }
    #expect(time < .seconds(60))
    return text?.hasSuffix(Self.refusal) == true
  }

  @Test
  func `Shared values are refused where copies would multiply them, in every type that copies`() throws {
    let numbers = list(3000, of: 1.5)
    #expect(try isRefused([[Double]].self, received(list(3000, of: numbers))))
    #expect(
      try isRefused(
        [String: [Double]].self, received(.object(CloneObject((0..<3000).map { ("\($0)", numbers) })))))
    #expect(try isRefused([[Int?]].self, received(list(3000, of: list(3000, of: .null)))))
    #expect(
      try isRefused(
        [Set<Double>].self, received(list(3000, of: .set(CloneSet((0..<3000).map { .number(Double($0)) }))))))
    #expect(try isRefused([[[[[Int]]]]].self, received(levels(5, width: 100))))
    #expect(try isRefused(Rows.self, received(list(3000, of: numbers))))
    let text = CloneValue.string(CloneString(String(repeating: "x", count: 1 << 20)))
    #expect(try isRefused([[String]].self, received(list(300, of: [text]))))
    let buffer = CloneArrayBuffer([UInt8](repeating: 7, count: 1 << 20))
    let views = try (0..<300).map { _ in
      CloneValue.view(try #require(CloneArrayBufferView(.uint8, of: buffer, byteOffset: 1)))
    }
    #expect(try isRefused([[UInt8]].self, received(.array(CloneArray(views)))))
  }

  @Test
  func `Shared values are refused in a Codable tree whose levels are shared`() throws {
    let tree = (0..<30).reduce(["name": "leaf"] as CloneValue) { child, _ in ["children": [child, child]] }
    #expect(try CloneCodec.encode(tree).count < 1000)
    #expect(try isRefused(SharedTree.self, received(tree)))
    #expect(try isRefused([SharedTree].self, received([tree])))
    // A tree that the app made itself is accepted: it shares nothing that a renderer chose.
    #expect(try SharedTree.decode(from: ["children": [["name": "a"]]]).children?[0].name == "a")
  }

  @Test
  func `Shared values are converted where they grow no more than ordinary messages do`() throws {
    let owner: CloneValue = ["name": "Ada"]
    let tasks = CloneArray(
      (0..<20_000).map { ["title": .string(CloneString("task \($0)")), "owner": owner] })
    let decoded = try [SharedRow].decode(from: received(.array(tasks)))
    #expect(
      decoded.count == 20_000 && decoded[19_999] == SharedRow(title: "task 19999", owner: Owner(name: "Ada")))
    let numbers = list(1000, of: 1.5)
    #expect(try [[Double]].decode(from: received(list(1000, of: numbers))).count == 1000)
    // Twice the received size, for any size.
    let long = CloneValue.array(CloneArray((0..<600_000).map { .number(Double($0)) }))
    #expect(try [[Double]].decode(from: received([long, long])).map(\.count) == [600_000, 600_000])
  }

  @Test
  func `Shared values have no limit where a type keeps them unconverted, or reads a part`() throws {
    let shared = levels(30, width: 100)
    let value = try received(["name": "here", "rest": shared, "again": shared])
    #expect(try [String: CloneValue].decode(from: value)["rest"] != nil)
    #expect(try Owner.decode(from: value) == Owner(name: "here"))
    let cycle = CloneObject([("name", "self")])
    cycle["self"] = .object(cycle)
    cycle["list"] = [.object(cycle), .object(cycle)]
    let received = try received(.object(cycle))
    #expect(try Owner.decode(from: received) == Owner(name: "self"))
    received.dismantle()
    cycle.removeValue(forKey: "self")
    cycle.removeValue(forKey: "list")
  }

  @Test
  func `Shared values have a new budget in each conversion`() throws {
    let value = try received(list(900, of: list(900, of: 1.5)))
    for _ in 0..<5 { #expect(try [[Double]].decode(from: value).count == 900) }
    #expect(mismatch([[Double]].self, try received(list(3000, of: list(3000, of: 1.5)))) != nil)
    #expect(try [[Double]].decode(from: value).count == 900)
  }
}

@Suite("The description of a value")
struct DescriptionTests {
  private func description(_ value: CloneValue) throws -> String {
    let clock = ContinuousClock()
    var text = ""
    let time = clock.measure { text = value.description }
    #expect(time < .seconds(20))
    #expect(text.count <= 16_385)
    return text
  }

  @Test
  func `The description of a value is cut when shared values make it long`() throws {
    #expect(try description(levels(9, width: 100)).hasSuffix("…"))
    let tree = (0..<50).reduce([:] as CloneValue) { child, _ in
      ["a": child, "b": child, "c": [child, child]]
    }
    #expect(try description(tree).hasSuffix("…"))
    let large = CloneValue.array(CloneArray((0..<1_000_000).map { .number(Double($0)) }))
    #expect(try description(levels(3, width: 100, around: large)).hasSuffix("…"))
    let object = CloneObject((0..<100_000).map { ("key\($0)", 1) })
    #expect(try description(levels(3, width: 100, around: .object(object))).hasSuffix("…"))
    let sparse = CloneArray()
    for index in 0..<100_000 { sparse[10_000_000 + 3 * index] = 1 }
    #expect(try description(levels(3, width: 100, around: .array(sparse))).hasSuffix("…"))
    let holes = CloneArray()
    for _ in 0..<900 { holes[holes.length + 1000] = 1 }
    #expect(try description(levels(3, width: 100, around: .array(holes))).hasSuffix("…"))
  }

  @Test
  func `The description of a value cuts each long text, number and buffer in it`() throws {
    let text = CloneString(String(repeating: "x", count: 1 << 20))
    #expect(try description(.string(text)).hasSuffix("'… 1038576 more characters"))
    #expect(try description(.regExp(CloneRegExp(source: text))).hasSuffix("…"))
    #expect(try description(.error(CloneErrorObject(message: text))).hasSuffix("…"))
    #expect(try description(.object(CloneObject([(String(text), 1)]))).hasSuffix(": 1 }"))
    #expect(
      try description(.bigInt(CloneBigInt(isNegative: false, words: [UInt64](repeating: 1, count: 1 << 16))))
        == "[BigInt: 4194304 bits]")
    let bytes = CloneArrayBuffer([UInt8](repeating: 10, count: 1 << 20))
    #expect(try description(.arrayBuffer(bytes)).hasSuffix("0a … 1048526 more>, byteLength: 1048576 }"))
    let view = try #require(CloneArrayBufferView(.uint16, of: bytes, byteOffset: 2, byteLength: 1000))
    #expect(try description(.view(view)).hasPrefix("Uint16Array(500) [ 2570, 2570, "))
    #expect(try description(.view(view)).hasSuffix("2570, … 400 more ]"))
  }

  @Test
  func `The description of a value counts the members that it does not show`() throws {
    func numbers(_ count: Int) -> CloneArray { CloneArray((0..<count).map { .number(Double($0)) }) }
    #expect(try description(.array(numbers(100))).hasSuffix(", 99 ]"))
    #expect(try description(.array(numbers(101))).hasSuffix(", 99, … 1 more ]"))
    let gaps = CloneArray([1, 2])
    gaps[200] = 3
    gaps[5_000_000] = 4
    #expect(try description(.array(gaps)) == "[ 1, 2, <198 empty items>, 3, <4999799 empty items>, 4 ]")
    gaps.length = 6_000_000
    #expect(try description(.array(gaps)).hasSuffix("4, <999999 empty items> ]"))
  }

  @Test
  func `The description of a mismatch cuts long keys in its place`() {
    let key = String(repeating: "k", count: 1 << 20)
    do {
      _ = try [String: Int].decode(from: .object(CloneObject([(key, "text")])))
      Issue.record("no mismatch")
    } catch {
      #expect(error.description == "\(String(repeating: "k", count: 100))…: expected Int, got string 'text'")
    }
  }
}

@Suite("An array's length")
struct ArrayLengthTests {
  @Test
  func `An array's length can be reduced where there are no holes`() {
    let array = CloneArray([1, 2, 3])
    array.length = 2
    #expect(array.elements.map(\.description) == ["1", "2"])
    array.length = 0
    #expect(array.elements.isEmpty)
  }
}
