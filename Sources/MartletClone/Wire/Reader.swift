/// A read position in untrusted bytes. Every read checks how many bytes are left.
struct Reader {
  private let base: UnsafeRawPointer
  private(set) var position = 0
  let count: Int

  init(_ bytes: UnsafeRawBufferPointer) {
    // An empty buffer may have a nil base, which is never read.
    base = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1)!
    count = bytes.count
  }

  /// Number of bytes left.
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

  /// Reads the version that begins the data.
  mutating func header() throws(CloneError) {
    guard try byte() == Tag.version else {
      throw CloneError(.cloneBadHeader, "The data does not begin with a version", offset: 0)
    }
    let version = try varint()
    guard version == UInt32(CloneCodec.version) else {
      throw CloneError(
        .cloneUnsupportedVersion, "Version \(version) of the format is not supported", offset: 1)
    }
  }

  /// Moves back by one byte.
  mutating func stepBack() { position -= 1 }

  /// Returns the next byte that is not padding, without consuming it. Consumes the padding before it.
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

  /// Consumes the next tag if it is `tag`. Padding is skipped only in front of it.
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

  /// Returns the next three bytes, without consuming them, or nil if there are fewer.
  @inline(__always)
  func peekThree() -> (UInt8, UInt8, UInt8)? {
    guard remaining >= 3 else { return nil }
    return base.loadUnaligned(fromByteOffset: position, as: (UInt8, UInt8, UInt8).self)
  }

  /// Reads an unsigned 32-bit varint, seven bits to a byte. As in V8, excess bits are dropped; a sixth byte
  /// is an error.
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
    // NaN payloads of a sender are replaced by the standard one.
    return value.isNaN ? .nan : value
  }

  /// Borrows the next `length` bytes without copying them.
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

  /// Consumes an inline Latin-1 string with the words `low` and `high`, if it is next.
  ///
  /// Compares an object's keys with those of the previous object, without making strings.
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
