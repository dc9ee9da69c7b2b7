import MartletClone
import Testing

struct Todo: Codable, CloneCodable, Equatable {
  var id: Int
  var title: String
  var done: Bool?
  var tags: [String] = []
  var data: [UInt8] = []
  var kind: Kind = .home
  var nested: [String: [Double]] = [:]

  enum Kind: String, Codable { case home, work }
}

struct Tree: Codable, CloneCodable { var children: [Tree]? }

@Suite("Swift's own types")
struct ConversionTests {
  /// The text of the mismatch, or nil if there is none.
  func mismatch<T: CloneDecodable>(_ type: T.Type, _ value: CloneValue) -> String? {
    do {
      _ = try T.decode(from: value)
      return nil
    } catch {
      return error.description
    }
  }

  @Test
  func `Integers are exact and in range`() throws {
    #expect(try Int.decode(from: 5) == 5)
    #expect(try Int.decode(from: .bigInt(5)) == 5)
    #expect(try UInt8.decode(from: 255) == 255)
    #expect(try Int64.decode(from: .number(-0x1p63)) == Int64.min)
    #expect(mismatch(UInt8.self, 300) == "expected UInt8, got number 300")
    #expect(mismatch(UInt8.self, 3.5) == "expected UInt8, got number 3.5")
    #expect(mismatch(Int.self, "abc") == "expected Int, got string 'abc'")
    #expect(mismatch(Int.self, .undefined) == "expected Int, got undefined")
    #expect(mismatch(Int.self, .number(.nan)) == "expected Int, got number NaN")
    #expect(mismatch(Int64.self, .number(0x1p63)) == "expected Int64, got number 9223372036854776000")
    #expect(mismatch(UInt.self, -1) == "expected UInt, got number -1")
    #expect(mismatch(Int.self, .bigInt(CloneBigInt(UInt64.max))) != nil)
    #expect(Int.max.cloneValue().shortDescription == "bigint 9223372036854775807")
    #expect((1 << 53).cloneValue().shortDescription == "number 9007199254740992")
  }

  @Test
  func `Booleans, floating point numbers, strings and characters are converted`() throws {
    #expect(try Bool.decode(from: true))
    #expect(try Double.decode(from: 1.5) == 1.5)
    #expect(try Float.decode(from: 0.1) == 0.1)
    #expect(try Character.decode(from: "é") == "é")
    #expect(mismatch(Character.self, "ab") == "expected Character, got string 'ab'")
    #expect(mismatch(Bool.self, 0) == "expected Bool, got number 0")
    #expect(mismatch(String.self, .null) == "expected String, got null")
    #expect(try String.decode(from: .string(CloneString(utf16: [0xD800]))) == "\u{FFFD}")
  }

  @Test
  func `Nil is undefined, and both undefined and null are nil`() throws {
    #expect(try Int?.decode(from: .undefined) == nil)
    #expect(try Int?.decode(from: .null) == nil)
    #expect(try Int?.decode(from: 1) == 1)
    #expect(try Optional<Int>.none.cloneValue().isUndefined)
    #expect(mismatch(Int?.self, "x") == "expected Int, got string 'x'")
  }

  @Test
  func `A mismatch in a collection names its place`() throws {
    #expect(try [Int].decode(from: [1, 2]) == [1, 2])
    #expect(try [String: [Int]].decode(from: ["a": [1]]) == ["a": [1]])
    #expect(try [String: Int].decode(from: .map(CloneMap([("a", 1)]))) == ["a": 1])
    #expect(try Set<String>.decode(from: .set(CloneSet(["a", "b"]))) == ["a", "b"])
    #expect(mismatch([String: [Int]].self, ["a": [1, "x"]]) == "a.1: expected Int, got string 'x'")
    #expect(mismatch([Int].self, ["a": 1]) == "expected array, got object")
    #expect(mismatch([Int].self, [1, .undefined]) == "1: expected Int, got undefined")
    let huge = CloneArray()
    huge.length = 4_000_000_000
    #expect(mismatch([Int?].self, .array(huge)) == "expected array without gaps, got array")
  }

  @Test
  func `Bytes are read from buffers, byte views and arrays, and written as a Uint8Array`() throws {
    let buffer = CloneArrayBuffer(Array(0..<8))
    #expect(try [UInt8].decode(from: .arrayBuffer(buffer)) == Array(0..<8))
    let view = CloneArrayBufferView(.int8, of: buffer, byteOffset: 2, byteLength: 2)!
    #expect(try [UInt8].decode(from: .view(view)) == [2, 3])
    #expect(try [UInt8].decode(from: [1, 2]) == [1, 2])
    #expect(mismatch([UInt8].self, "x") == "expected bytes, got string 'x'")
    #expect(
      mismatch([UInt8].self, .view(CloneArrayBufferView(.float64, of: buffer)!))
        == "expected bytes, got Float64Array")
    #expect(try ([1, 2] as [UInt8]).cloneValue().description == "Uint8Array(2) [ 1, 2 ]")
    #expect(
      try [Int16].decode(from: .view(CloneArrayBufferView(.uint16, of: buffer)!)) == [256, 770, 1284, 1798])
  }

  @Test
  func `A Codable type needs an empty conformance only`() throws {
    let todo = Todo(id: 1, title: "milk", tags: ["a"], data: [1, 2], kind: .work, nested: ["x": [1.5]])
    let value = try todo.cloneValue()
    #expect(
      value.description
        == "{ id: 1, title: 'milk', tags: [ 'a' ], data: Uint8Array(2) [ 1, 2 ], kind: 'work', "
        + "nested: { x: [ 1.5 ] } }"
    )
    #expect(try Todo.decode(from: roundTrip(value)) == todo)
    #expect(try [Todo].decode(from: [value]) == [todo])

    guard case .object(let object) = value else { return }
    object["done"] = .null
    #expect(try Todo.decode(from: value) == todo)
    object["title"] = 5
    #expect(
      mismatch([String: [Todo]].self, ["todos": [value]]) == "todos.0.title: expected String, got number 5")
    object["title"] = "x"
    object["kind"] = "other"
    #expect(mismatch(Todo.self, value) == "kind: expected Kind, got string 'other'")
    object["kind"] = "home"
    object["nested"] = ["x": [1, "y"]]
    #expect(mismatch(Todo.self, value) == "nested.x.1: expected Double, got string 'y'")
    #expect(mismatch(Todo.self, []) == "expected object, got array")
  }

  @Test
  func `A recursive type reads untrusted nesting down to a limit`() throws {
    func tree(_ depth: Int) -> CloneValue {
      var value: CloneValue = ["children": []]
      for _ in 0..<depth { value = ["children": [value]] }
      return value
    }
    #expect(mismatch(Tree.self, tree(40)) == nil)
    #expect(mismatch(Tree.self, tree(9000))?.contains("at most 100 levels of nesting") == true)
  }

  @Test
  func `Clone types are converted to themselves`() throws {
    let value: CloneValue = ["a": 1]
    #expect(CloneValue.decode(from: value).node === value.node)
    #expect(try CloneObject.decode(from: value) === value.node)
    #expect(mismatch(CloneMap.self, value) == "expected Map, got object")
    #expect(CloneVoid().cloneValue().isUndefined)
  }

  @Test
  func `A handler's arguments are converted by a parameter pack`() throws {
    func call<each Argument: CloneDecodable, Result: CloneEncodable>(
      _ arguments: [CloneValue], _ body: (repeat each Argument) throws -> Result
    ) throws -> CloneValue {
      var index = 0
      func next<T: CloneDecodable>(_ type: T.Type) throws -> T {
        defer { index += 1 }
        return try T.decode(from: index < arguments.count ? arguments[index] : .undefined)
      }
      return try body(repeat next((each Argument).self)).cloneValue()
    }
    let sum = try call([1, 2, "x"]) { (a: Int, b: Double, c: String, d: Int?) in "\(a) \(b) \(c) \(d == nil)"
    }
    #expect(sum.description == "'1 2.0 x true'")
    let bytes = try call([.arrayBuffer(CloneArrayBuffer([1]))]) { (bytes: [UInt8]) in bytes + bytes }
    #expect(bytes.description == "Uint8Array(2) [ 1, 1 ]")
  }
}
