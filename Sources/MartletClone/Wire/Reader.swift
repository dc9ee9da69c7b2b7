/// A position in bytes that are not to be trusted. Every read checks what is left.
struct Reader {
  private let base: UnsafeRawPointer
  private(set) var position = 0
  let count: Int

  init(_ bytes: UnsafeRawBufferPointer) {
    // The base of an empty buffer may be nil, and is then never read from.
    base = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1)!
    count = bytes.count
  }

  /// How many bytes are left.
  var remaining: Int { count - position }

  func failure(_ code: ErrorCode, _ message: String) -> CloneError {
    CloneError(code, message, offset: position)
  }

  @inline(never)
  func truncated() -> CloneError {
    CloneError(.cloneTruncated, "The data ends in the middle of a value", offset: count)
  }

  @inline(__always)
  mutating func byte() throws(CloneError) -> UInt8 {
    guard position < count else { throw truncated() }
    let byte = base.load(fromByteOffset: position, as: UInt8.self)
    position += 1
    return byte
  }

  /// Puts the byte that was read last back.
  mutating func stepBack() { position -= 1 }

  /// The next byte that is no padding, without taking it; the padding before it is taken.
  @inline(__always)
  mutating func peekTag() throws(CloneError) -> UInt8 {
    while position < count {
      let byte = base.load(fromByteOffset: position, as: UInt8.self)
      if byte != Tag.padding { return byte }
      position += 1
    }
    throw truncated()
  }

  @inline(__always)
  mutating func tag() throws(CloneError) -> UInt8 {
    let tag = try peekTag()
    position += 1
    return tag
  }

  /// Moves past the next tag if it is `tag`. Padding is skipped only in front of it.
  @inline(__always)
  mutating func skip(ifTag tag: UInt8) -> Bool {
    var place = position
    while place < count {
      let byte = base.load(fromByteOffset: place, as: UInt8.self)
      if byte == tag {
        position = place + 1
        return true
      }
      if byte != Tag.padding { return false }
      place += 1
    }
    return false
  }

  /// The next three bytes, without taking them, if there are as many.
  @inline(__always)
  func peekThree() -> (UInt8, UInt8, UInt8)? {
    guard remaining >= 3 else { return nil }
    return base.loadUnaligned(fromByteOffset: position, as: (UInt8, UInt8, UInt8).self)
  }

  /// An unsigned number of 32 bits, seven to a byte. As in V8, bits beyond are dropped; a sixth byte is an error.
  @inline(__always)
  mutating func varint() throws(CloneError) -> UInt32 {
    let first = try byte()
    if first < 0x80 { return UInt32(first) }
    return try longVarint(UInt32(first & 0x7F))
  }

  private mutating func longVarint(_ start: UInt32) throws(CloneError) -> UInt32 {
    var value = start
    var shift: UInt32 = 7
    while shift < 35 {
      let next = try byte()
      value |= UInt32(next & 0x7F) << shift
      if next < 0x80 { return value }
      shift += 7
    }
    throw failure(.cloneBadLength, "A number of more than 32 bits")
  }

  @inline(__always)
  mutating func int32() throws(CloneError) -> Int32 {
    let bits = try varint()
    return Int32(bitPattern: bits >> 1) ^ -Int32(bitPattern: bits & 1)
  }

  @inline(__always)
  mutating func double() throws(CloneError) -> Double {
    guard remaining >= 8 else { throw truncated() }
    let value = base.loadUnaligned(fromByteOffset: position, as: Double.self)
    position += 8
    // The payload of a NaN is not the sender's to choose.
    return value.isNaN ? .nan : value
  }

  /// The next `length` bytes, where they are.
  @inline(__always)
  mutating func raw(_ length: Int) throws(CloneError) -> UnsafeRawBufferPointer {
    guard length <= remaining else {
      throw CloneError(
        .cloneTruncated, "A length of \(length) with \(remaining) bytes left", offset: position)
    }
    let bytes = UnsafeRawBufferPointer(start: base + position, count: length)
    position += length
    return bytes
  }

  /// If an inline Latin-1 string with the words `low` and `high` is next, moves past it.
  ///
  /// It is how an object's keys are compared with those of the object before it, without making strings of them.
  @inline(__always)
  mutating func skip(ifSmall low: UInt64, _ high: UInt64) -> Bool {
    let length = Int(high >> 56)
    guard remaining >= 2 + length,
      base.load(fromByteOffset: position, as: UInt8.self) == Tag.latin1String,
      base.load(fromByteOffset: position + 1, as: UInt8.self) == UInt8(truncatingIfNeeded: length)
    else { return false }
    let words = UnsafeRawBufferPointer(start: base + position + 2, count: length).loadSmall()
    guard words.0 == low, words.1 == high else { return false }
    position += 2 + length
    return true
  }
}
