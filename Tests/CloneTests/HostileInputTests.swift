import MartletClone
import Testing

@Suite("Untrusted bytes")
struct HostileInputTests {
  @Test(
    arguments: [
      ([], .cloneTruncated, 0),
      ([0x0F], .cloneBadHeader, 0),
      ([0xFF], .cloneTruncated, 1),
      ([0xFF, 0x0E, 0x30], .cloneUnsupportedVersion, 1),
      ([0xFF, 0x10, 0x30], .cloneUnsupportedVersion, 1),
      (wire(""), .cloneTruncated, 2),
      (wire("00"), .cloneTrailingBytes, 3),
      (wire("%"), .cloneBadTag, 2),
      (wire("\\\\x00"), .cloneUnsupportedValue, 2),
      (wire("t\\x00"), .cloneUnsupportedValue, 2),
      (wire("\"\\x05abc"), .cloneTruncated, 4),
      (wire("\"\\xff\\xff\\xff\\xff\\x0fabc"), .cloneTruncated, 8),
      (wire("\"\\xff\\xff\\xff\\xff\\xff\\x0f"), .cloneBadLength, 8),
      (wire("c\\x03abc"), .cloneBadLength, 3),
      (wire("c\\x04abc"), .cloneTruncated, 4),
      (wire("N1234567"), .cloneTruncated, 10),
      (wire("Z\\x10123"), .cloneTruncated, 4),
      (wire("^\\x00"), .cloneBadReference, 3),
      (wire("A\\x01^\\x01$\\x00\\x01"), .cloneBadReference, 5),
      (wire("A\\xff\\xff\\xff\\xff\\x0f"), .cloneBadLength, 8),
      (wire("A\\x01I\\x02$\\x00\\x02"), .cloneBadLength, 7),
      (wire("A\\x01I\\x02$\\x01\\x01"), .cloneBadLength, 7),
      (wire("o\"\\x01aI\\x02{\\x02"), .cloneBadLength, 9),
      (wire("o\"\\x01aI\\x02\"\\x01aI\\x02{\\x02"), .cloneBadKey, 14),
      (wire("oT0{\\x01"), .cloneBadKey, 3),
      (wire("a\\x05I\\x0c0@\\x01\\x05"), .cloneBadKey, 8),
      (wire(";I\\x02:\\x01"), .cloneBadLength, 6),
      (wire("'I\\x02,\\x02"), .cloneBadLength, 6),
      (wire("R\"\\x01a\\x40"), .cloneBadFlags, 6),
      (wire("R\"\\x01a\\x90\\x02"), .cloneBadFlags, 6),
      (wire("RI\\x02"), .cloneBadTag, 3),
      (wire("rX."), .cloneBadTag, 3),
      (wire("B\\x02ab"), nil, 0),
      (wire("B\\x03ab"), .cloneTruncated, 4),
      (wire("~\\x03\\x02abc"), .cloneBadLength, 3),
      (wire("B\\x02abVX\\x00\\x02\\x00"), .cloneBadTag, 7),
      (wire("B\\x02abVB\\x01\\x02\\x00"), .cloneBadLength, 7),
      (wire("B\\x04abcdVW\\x01\\x02\\x00"), .cloneBadLength, 9),
      (wire("B\\x02abVB\\x00\\x02\\x01"), .cloneBadFlags, 7),
      (wire("~\\x02\\x04abVB\\x00\\x02\\x00"), .cloneBadFlags, 8),
    ] as [([UInt8], ErrorCode?, Int)])
  func `Invalid bytes are refused with a code and an offset`(
    _ bytes: [UInt8], _ code: ErrorCode?, _ offset: Int
  ) {
    let error = failure(bytes)
    #expect(error?.code == code, "\(String(describing: error))")
    if code != nil { #expect(error?.offset == offset, "\(String(describing: error))") }
  }

  @Test
  func `Every prefix of a message is refused, and every changed byte is read or refused`() throws {
    let error = CloneErrorObject(.rangeError, message: "m", stack: "s", cause: [1])
    let value: CloneValue = [
      ["id": 1, "text": "hello", "5": .undefined], .map(CloneMap([(1, "ключ"), ("k", .bigInt(5))])),
      .error(error),
      .set(CloneSet([1, 2])), .view(CloneArrayBufferView([1, 2, 3])),
      .regExp(CloneRegExp(source: "a", flags: .global)),
    ]
    let bytes = try CloneCodec.encode(value)
    for length in 0..<bytes.count { #expect(failure(Array(bytes[..<length])) != nil) }
    for position in bytes.indices {
      for change in UInt8.min...UInt8.max {
        var damaged = bytes
        damaged[position] = change
        var hasCycles = false
        if var value = try? CloneCodec.decode(damaged.span.bytes, hasCycles: &hasCycles), hasCycles {
          let isFreed = value.reclaimCycles()
          #expect(isFreed)
        }
      }
    }
  }

  @Test
  func `Nesting of 5,000 levels is read, written, compared and freed, and one more is an error`() throws {
    #expect(CloneCodec.maximumDepth == 5000)
    let deepest = nested(5000)
    let bytes = try CloneCodec.encode(deepest)
    let back = try CloneCodec.decode(bytes)
    #expect(back.isEquivalent(to: deepest))
    #expect(back.description.hasSuffix("]"))
    #expect(failure { () throws(CloneError) in try CloneCodec.encode(nested(5001)) }?.code == .cloneTooDeep)
    // The same value, nested one level deeper in its bytes.
    let beyond = [0xFF, 0x0F] + raw("A\\x01") + bytes.dropFirst(2) + raw("$\\x00\\x01")
    #expect(failure(beyond)?.code == .cloneTooDeep)
    // For every kind of innermost container.
    for innermost: CloneValue in [
      [], [:], .map(CloneMap()), .set(CloneSet()), .error(CloneErrorObject(message: "m")),
    ] {
      #expect(
        try roundTrip(nested(4999, around: innermost)).isEquivalent(to: nested(4999, around: innermost)))
      #expect(
        failure { () throws(CloneError) in try CloneCodec.encode(nested(5000, around: innermost)) }?.code
          == .cloneTooDeep)
    }
    #expect(try !roundTrip(nested(5000, around: .date(CloneDate(millisecondsSinceEpoch: 0)))).isUndefined)
  }

  @Test
  func `8,388,608 values are written, and more are refused before memory is reserved`() throws {
    #expect(CloneCodec.maximumValueCount == 8_388_608)
    // A list that claims as many elements without having them, and one that has them.
    let promise: [UInt8] = [0xFF, 0x0F, 0x41, 0x80, 0x80, 0x80, 0x04]
    let elements = [UInt8](repeating: 0x5F, count: CloneCodec.maximumValueCount)
    #expect(failure(promise)?.code == .cloneBadLength)
    #expect(failure(promise + elements)?.code == .ipcTooManyValues)
    #expect(failure(promise + elements)?.offset == promise.count)

    let most = CloneValue.array(
      CloneArray([CloneValue](repeating: .undefined, count: CloneCodec.maximumValueCount - 1)))
    #expect(try CloneCodec.encode(most).count > CloneCodec.maximumValueCount)
    #expect(failure { () throws(CloneError) in try CloneCodec.encode([most]) }?.code == .ipcTooManyValues)
  }

  @Test
  func `Each value counts in any container, and the bytes of a buffer do not`() throws {
    func count(_ bytes: [UInt8]) throws -> Int {
      for limit in 0..<100 {
        var hasCycles = false
        var valueCount = 0
        let failure = failure { () throws(CloneError) in
          try bytes.span.bytes.withUnsafeBytes { (bytes) throws(CloneError) in
            try CloneCodec.decode(bytes, limit: limit, hasCycles: &hasCycles, valueCount: &valueCount)
          }
        }
        guard let failure else { return limit == valueCount ? limit : -1 }
        #expect(failure.code == .ipcTooManyValues)
      }
      return -1
    }
    func count(_ value: CloneValue) throws -> Int { try count(CloneCodec.encode(value)) }
    #expect(try count(.undefined) == 1)
    #expect(try count(["text", 1, .null, true]) == 5)
    #expect(try count(["a": ["b": 1, "c": [:]], "d": 2]) == 5)
    #expect(try count(.map(CloneMap([(1, 2), (3, ["x"])]))) == 6)
    #expect(try count(.set(CloneSet([1, 2, 3]))) == 4)
    #expect(try count(.error(CloneErrorObject(message: "m", cause: [1]))) == 3)
    let shared: CloneValue = [1, 2]
    #expect(try count([shared, shared]) == 5)
    #expect(try count([.arrayBuffer(CloneArrayBuffer([UInt8](repeating: 1, count: 1000)))]) == 2)
    // Holes, and the few elements of a sparse list.
    #expect(try count([0xFF, 0x0F, 0x41, 3, 0x2D, 0x2D, 0x5F, 0x24, 0, 3]) == 4)
    #expect(try count([0xFF, 0x0F, 0x61, 100, 0x49, 2, 0x5F, 0x40, 1, 100]) == 2)
  }

  @Test
  func `Nesting of 100,000 levels is an error, in a whole message and in a cut one`() {
    for (open, close) in [
      ("A\\x01", "$\\x00\\x01"), ("o\"\\x01a", "{\\x01"), (";0", ":\\x02"), ("'", ",\\x01"), ("rc", "."),
    ] {
      let levels = 100_000
      let hundred = Array(repeating: raw(open), count: levels).joined() + [0x30]
      let whole = [0xFF, 0x0F] + hundred + Array(repeating: raw(close), count: levels).joined()
      #expect(failure(whole)?.code == .cloneTooDeep)
      #expect(failure([0xFF, 0x0F] + hundred)?.code == .cloneTooDeep)
    }
  }

  @Test
  func `A deep graph made in Swift is freed without recursion`() {
    var value: CloneValue = 1
    for level in 0..<200_000 {
      switch level % 4 {
      case 0: value = [value]
      case 1: value = ["a": value]
      case 2: value = .map(CloneMap([(value, 1)]))
      default: value = .error(CloneErrorObject(message: "m", cause: value))
      }
    }
    value = .null
    #expect(value.isNullish)
  }

  @Test
  func `Object counts and padding before values are skipped, however many`() throws {
    let many = Array(repeating: raw("?\\x01"), count: 100_000).joined()
    #expect(try CloneCodec.decode([0xFF, 0x0F] + many + [0x30]).isNullish)
    #expect(try CloneCodec.decode([0xFF, 0x0F] + Array(repeating: 0, count: 100_000) + [0x30]).isNullish)
    #expect(failure([0xFF, 0x0F] + many)?.code == .cloneTruncated)
  }

  @Test
  func `A key or member that occurs twice does not corrupt the value`() throws {
    let map = try CloneCodec.decode(wire(";I\\x02o{\\x00I\\x02o{\\x00I\\x04^\\x01:\\x06"))
    #expect(map.description == "Map(2) { 1 => {}, 2 => {} }")
    let set = try CloneCodec.decode(wire("'I\\x02I\\x02I\\x04,\\x03"))
    #expect(set.description == "Set(2) { 1, 2 }")
  }

  @Test
  func `Keys may be numbers, in any form and order`() throws {
    let value = try CloneCodec.decode(
      wire("oI\\x040I\\x020U\\x050\"\\x01a0I\\x010N\\x00\\x00\\x00\\x00\\x00\\x00\\xf8?0{\\x06"))
    guard case .object(let object) = value else {
      Issue.record("no object")
      return
    }
    #expect(object.keys == ["1", "2", "5", "a", "-1", "1.5"])
  }

  @Test
  func `An error's parts are read in any order, each once`() throws {
    let value = try CloneCodec.decode(wire("rTcI\\x02s\"\\x01sm\"\\x01m."))
    #expect(value.description == "[TypeError: m] { [cause]: 1 }")
    #expect(failure(wire("rm\"\\x01am\"\\x01a."))?.code == .cloneBadTag)
    var hasCycles = false
    var cyclic = try CloneCodec.decode(wire("rm\"\\x01ac^\\x00.").span.bytes, hasCycles: &hasCycles)
    #expect(hasCycles)
    #expect(cyclic.description == "[Error: a] { [cause]: [Circular] }")
    let isFreed = cyclic.reclaimCycles()
    #expect(isFreed)
  }
}
