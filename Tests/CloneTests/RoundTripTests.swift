import MartletClone
import Testing

@Suite("Round trips")
struct RoundTripTests {
  @Test
  func `Primitives come back as they were`() throws {
    let values: [CloneValue] = [
      .undefined, .null, true, false, 0, -1, 1.5, .number(-0.0), .number(.nan), .number(.infinity),
      .number(-.infinity), .number(Double(Int32.min)), .number(Double(Int32.max)), .number(2_147_483_648),
      .bigInt(0), .bigInt(-5), .bigInt(CloneBigInt(UInt64.max)), "", "hello", "fifteen letters",
      "sixteen letters!",
      "é", "ключ", "😀",
    ]
    for value in values { #expect(try roundTrip(value).isEquivalent(to: value), "\(value)") }
  }

  @Test
  func `A bigint of any size comes back as it was`() throws {
    let value = CloneBigInt(isNegative: true, words: [1, 2, 3, 0, 0])
    guard case .bigInt(let back) = try roundTrip(.bigInt(value)) else {
      Issue.record("no bigint")
      return
    }
    #expect(back == value)
    #expect(back.words == [1, 2, 3])
    #expect(CloneBigInt(isNegative: true, words: [0]).isNegative == false)
    #expect(
      CloneBigInt(isNegative: false, words: [0, 0, 1]).description
        == "340282366920938463463374607431768211456")
    #expect(Int(exactly: CloneBigInt(Int.min)) == Int.min)
    #expect(Int(exactly: CloneBigInt(UInt64.max)) == nil)
    #expect(UInt64(exactly: CloneBigInt(UInt64.max)) == UInt64.max)
    #expect(UInt8(exactly: CloneBigInt(-1)) == nil)
    #expect(Int8(exactly: CloneBigInt(-128)) == -128)
    #expect(Int8(exactly: CloneBigInt(128)) == nil)
  }

  @Test
  func `A lone surrogate is kept, and becomes U+FFFD only in a Swift string`() throws {
    let string = CloneString(utf16: [0x61, 0xD800, 0x62])
    guard case .string(let back) = try roundTrip(.string(string)) else {
      Issue.record("no string")
      return
    }
    #expect(back.utf16 == [0x61, 0xD800, 0x62])
    #expect(String(back) == "a\u{FFFD}b")
    #expect(String(CloneString(utf16: [0xDC00, 0xD83D, 0xDE00])) == "\u{FFFD}😀")
  }

  @Test
  func `Strings of one text are equal in each way to make them`() {
    let wide: [UInt16] = Array("a text of more than fifteen".utf16)
    #expect(CloneString(utf16: wide) == CloneString("a text of more than fifteen"))
    #expect(CloneString(utf16: wide).hashValue == CloneString("a text of more than fifteen").hashValue)
    #expect(CloneString(utf16: [0x61]) == "a")
    #expect(CloneString("é").utf16Count == 1)
    #expect(String(CloneString("grüße, and more than fifteen")) == "grüße, and more than fifteen")
  }

  @Test
  func `Keys keep JavaScript's order: integer-like ones ascending, then as added`() throws {
    let object = CloneObject()
    for key in ["b", "10", "a", "2", "4294967294", "4294967295", "-1", "01", "0"] {
      object[key] = .string(.init(key))
    }
    let order = ["0", "2", "10", "4294967294", "b", "a", "4294967295", "-1", "01"]
    #expect(object.keys == order)
    guard case .object(let back) = try roundTrip(.object(object)) else {
      Issue.record("no object")
      return
    }
    #expect(back.keys == order)
    for key in order { #expect(back[key].description == "'\(key)'") }
    back.removeValue(forKey: "2")
    back["2"] = 2
    #expect(back.keys == order)
  }

  @Test
  func `An object with many keys finds, changes and removes them`() throws {
    let object = CloneObject()
    for index in 0..<100 { object["key\(index)"] = .number(Double(index)) }
    for index in stride(from: 99, through: 0, by: -1) { object["\(index)"] = .number(Double(-index)) }
    guard case .object(let back) = try roundTrip(.object(object)) else {
      Issue.record("no object")
      return
    }
    #expect(back.count == 200)
    #expect(back["key57"].description == "57")
    #expect(back["57"].description == "-57")
    back.removeValue(forKey: "key3")
    #expect(back["key3"].isUndefined)
    #expect(back["key99"].description == "99")
  }

  @Test
  func `Objects that share a shape do not share changes`() throws {
    let value = try roundTrip([["id": 1, "a": 2], ["id": 2, "a": 3], ["id": 3, "b": 4], ["id": 4]])
    guard case .object(let first) = value[0] else {
      Issue.record("no object")
      return
    }
    first["new"] = true
    first.removeValue(forKey: "id")
    #expect(value.description == "[ { a: 2, new: true }, { id: 2, a: 3 }, { id: 3, b: 4 }, { id: 4 } ]")
  }

  @Test
  func `Arrays keep length, holes and named properties`() throws {
    let array = CloneArray([1, 2, 3])
    array[5] = 6
    array["name"] = "list"
    array.length = 8
    #expect(array.isHole(at: 4))
    guard case .array(let back) = try roundTrip(.array(array)) else {
      Issue.record("no array")
      return
    }
    #expect(back.length == 8)
    #expect(back.isHole(at: 3) && back.isHole(at: 7) && !back.isHole(at: 5) && !back.isHole(at: 8))
    #expect(back["name"].description == "'list'")
    #expect(
      CloneValue.array(back).description == "[ 1, 2, 3, <2 empty items>, 6, <2 empty items>, name: 'list' ]")
    back.length = 2
    back.append(9)
    #expect(CloneValue.array(back).description == "[ 1, 2, 9, name: 'list' ]")
  }

  @Test
  func `A sparse array takes memory for its elements, not for its length`() throws {
    let array = CloneArray()
    array[4_000_000_000] = "far"
    guard case .array(let back) = try roundTrip(.array(array)) else {
      Issue.record("no array")
      return
    }
    #expect(back.length == 4_000_000_001)
    #expect(back[4_000_000_000].description == "'far'")
    #expect(try CloneCodec.encode(.array(array)).count < 40)
  }

  @Test
  func `Maps and sets compare keys as JavaScript does`() throws {
    let key = CloneObject()
    let map = CloneMap([(.number(.nan), 1), (0, 2), (.object(key), 3), ("a", 4), (.number(-0.0), 5)])
    #expect(map.count == 4)
    #expect(map[.number(.nan)]?.description == "1")
    #expect(map[.number(-0.0)]?.description == "5")
    #expect(map[.object(key)]?.description == "3")
    #expect(map[.object(CloneObject())] == nil)
    map["a"] = nil
    #expect(try roundTrip(.map(map)).description == "Map(3) { NaN => 1, 0 => 5, {} => 3 }")

    let set = CloneSet((0..<100).map { .number(Double($0 % 50)) })
    #expect(set.count == 50)
    #expect(set.contains(49) && !set.contains(50))
    set.remove(0)
    #expect(!set.contains(0) && set.contains(49))
    #expect(try roundTrip(.set(set)).isEquivalent(to: .set(set)))
  }

  @Test
  func `Dates, regular expressions, boxed primitives and errors come back as they were`() throws {
    let value: CloneValue = [
      .date(CloneDate(millisecondsSinceEpoch: 1.9)), .date(CloneDate(millisecondsSinceEpoch: 1e300)),
      .regExp(CloneRegExp(source: "a|b", flags: [.global, .unicode])), .boxed(CloneBoxed(true)),
      .boxed(CloneBoxed(1.5)), .boxed(CloneBoxed(CloneBigInt(7))), .boxed(CloneBoxed("s" as CloneString)),
      .error(CloneErrorObject(.typeError, message: "no", stack: "at", cause: ["code": 1])),
      .error(CloneErrorObject(message: nil)),
    ]
    let back = try roundTrip(value)
    #expect(back.isEquivalent(to: value))
    #expect(
      back.description
        == "[ 1970-01-01T00:00:00.001Z, Invalid Date, /a|b/gu, [Boolean: true], [Number: 1.5], [BigInt: 7n], "
        + "[String: 's'], [TypeError: no] { [cause]: { code: 1 } }, [Error] ]")
  }

  @Test
  func `Views that share a buffer share it after a round trip, too`() throws {
    let buffer = CloneArrayBuffer(Array(0..<16))
    let resizable = CloneArrayBuffer([1, 2, 3, 4], maxByteLength: 64)
    let value: CloneValue = [
      .view(CloneArrayBufferView(.uint8, of: buffer, byteOffset: 2, byteLength: 4)!),
      .view(CloneArrayBufferView(.float64, of: buffer)!), .arrayBuffer(buffer),
      .view(CloneArrayBufferView(.dataView, of: buffer, byteOffset: 1)!),
      .view(CloneArrayBufferView(.uint16, of: resizable)!), .arrayBuffer(resizable),
    ]
    let back = try roundTrip(value)
    #expect(back.isEquivalent(to: value))
    guard case .view(let first) = back[0], case .arrayBuffer(let shared) = back[2],
      case .view(let tracking) = back[4]
    else {
      Issue.record("no views")
      return
    }
    #expect(first.buffer === shared)
    shared.bytes[2] = 99
    #expect(first.bytes == [99, 3, 4, 5])
    #expect(tracking.isLengthTracking && tracking.count == 2)
    tracking.buffer.bytes += [5, 6]
    #expect(tracking.count == 3)
    #expect(CloneArrayBufferView(.uint32, of: buffer, byteOffset: 2) == nil)
    #expect(CloneArrayBufferView(.uint8, of: buffer, byteOffset: 10, byteLength: 7) == nil)
  }

  @Test
  func `The identity of shared values and cycles is kept`() throws {
    let shared = CloneObject()
    let root = CloneObject()
    root["a"] = .object(shared)
    root["b"] = .array(CloneArray([.object(shared), .object(root)]))
    root["c"] = .map(CloneMap([(.object(root), .set(CloneSet([.object(shared)])))]))
    let value = CloneValue.object(root)
    defer { value.dismantle() }
    var back = try roundTrip(value)
    #expect(back.isEquivalent(to: value))
    #expect(back["a"].node === back["b"][0].node)
    #expect(back["b"][1].node === back.node)
    let unshared: CloneValue = [[1], [1]]
    let one: CloneValue = [1]
    #expect(!unshared.isEquivalent(to: [one, one]))
    #expect(back.description.contains("[Circular]"))
    let isFreed = back.reclaimCycles()
    #expect(isFreed)
  }

  @Test
  func `Encoding keeps the bytes before it, and adds none when it fails`() throws {
    var bytes: [UInt8] = [1, 2, 3]
    try CloneCodec.encode(["id": 1, "text": "ключ and more than fifteen"], into: &bytes)
    #expect(bytes.prefix(3) == [1, 2, 3])
    let alone = try CloneCodec.encode(["id": 1, "text": "ключ and more than fifteen"])
    #expect(Array(bytes.dropFirst(3)) == alone)
    let before = bytes
    let buffer = CloneArrayBuffer([1, 2, 3, 4], maxByteLength: 8)
    let view = CloneArrayBufferView(.uint8, of: buffer, byteLength: 4)!
    buffer.bytes = []
    #expect(throws: CloneError.self) { try CloneCodec.encode(["a", .view(view)], into: &bytes) }
    #expect(bytes == before)
    do {
      _ = try CloneCodec.encode(.view(view))
    } catch {
      #expect(error.message == "An object could not be cloned.")
      #expect(error.code == .notCloneable)
      #expect(error.reason?.contains("Uint8Array") == true)
    }
    // The failure has left no marks on the value.
    #expect(try CloneCodec.encode([.arrayBuffer(buffer)]) == CloneCodec.encode([.arrayBuffer(buffer)]))
  }
}
