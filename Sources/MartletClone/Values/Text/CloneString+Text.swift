extension String {
  /// Converts a JavaScript string to a Swift string.
  ///
  /// - Parameter string: Any string. Each lone surrogate, which Swift cannot represent, becomes U+FFFD.
  public init(_ string: CloneString) {
    self = string.withBytes { bytes, isTwoByte in
      if isTwoByte { return String(repairingUTF16: bytes) }
      if bytes.isASCII { return String(decoding: bytes, as: UTF8.self) }
      return String(latin1: bytes)
    }
  }

  private init(latin1 bytes: UnsafeRawBufferPointer) {
    self.init(unsafeUninitializedCapacity: 2 * bytes.count) { target in
      var count = 0
      for byte in bytes {
        if byte < 0x80 {
          target[count] = byte
          count += 1
        } else {
          target[count] = 0xC0 | byte >> 6
          target[count + 1] = 0x80 | byte & 0x3F
          count += 2
        }
      }
      return count
    }
  }

  private init(repairingUTF16 bytes: UnsafeRawBufferPointer) {
    // A single UTF-16 unit needs at most three bytes of UTF-8; a surrogate pair needs four.
    self.init(unsafeUninitializedCapacity: bytes.count / 2 * 3) { target in
      var count = 0
      var offset = 0
      func put(_ byte: UInt32) {
        target[count] = UInt8(truncatingIfNeeded: byte)
        count += 1
      }
      while offset < bytes.count {
        var scalar = UInt32(bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
        offset += 2
        if scalar & 0xF800 == 0xD800 {
          let next =
            offset < bytes.count ? UInt32(bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self)) : 0
          if scalar < 0xDC00, next & 0xFC00 == 0xDC00 {
            scalar = 0x1_0000 + (scalar & 0x3FF) << 10 + (next & 0x3FF)
            offset += 2
          } else {
            scalar = 0xFFFD
          }
        }
        switch scalar {
        case ..<0x80:
          put(scalar)
        case ..<0x800:
          put(0xC0 | scalar >> 6)
          put(0x80 | scalar & 0x3F)
        case ..<0x1_0000:
          put(0xE0 | scalar >> 12)
          put(0x80 | scalar >> 6 & 0x3F)
          put(0x80 | scalar & 0x3F)
        default:
          put(0xF0 | scalar >> 18)
          put(0x80 | scalar >> 12 & 0x3F)
          put(0x80 | scalar >> 6 & 0x3F)
          put(0x80 | scalar & 0x3F)
        }
      }
      return count
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Whether all bytes are below 0x80.
  var isASCII: Bool {
    var offset = 0
    while offset + 32 <= count {
      let some =
        loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        | loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)
        | loadUnaligned(fromByteOffset: offset + 16, as: UInt64.self)
        | loadUnaligned(fromByteOffset: offset + 24, as: UInt64.self)
      if some & 0x8080_8080_8080_8080 != 0 { return false }
      offset += 32
    }
    while offset < count {
      if self[offset] >= 0x80 { return false }
      offset += 1
    }
    return true
  }

  /// Whether these UTF-16 units are all below 256. Stops at the first block with a wider one.
  var utf16FitsLatin1: Bool {
    var offset = 0
    while offset + 32 <= count {
      let some =
        loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        | loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)
        | loadUnaligned(fromByteOffset: offset + 16, as: UInt64.self)
        | loadUnaligned(fromByteOffset: offset + 24, as: UInt64.self)
      if some & 0xFF00_FF00_FF00_FF00 != 0 { return false }
      offset += 32
    }
    while offset + 2 <= count {
      if self[offset + 1] != 0 { return false }
      offset += 2
    }
    return true
  }

  /// Reads up to 15 bytes into the two words of an inline string, without reading past the end.
  @inline(__always)
  func loadSmall() -> (UInt64, UInt64) {
    let mark = UInt64(truncatingIfNeeded: count) << 56
    guard let base = baseAddress else { return (0, 0) }
    if count >= 8 {
      let tail = base.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
      let shift = UInt64(truncatingIfNeeded: 8 * (16 - count))
      return (base.loadUnaligned(as: UInt64.self), tail >> shift | mark)
    }
    if count >= 4 {
      let head = UInt64(base.loadUnaligned(as: UInt32.self))
      let tail = UInt64(base.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
      return (head | tail << UInt64(truncatingIfNeeded: 8 * (count - 4)), mark)
    }
    var word: UInt64 = 0
    if count > 0 { word = UInt64(base.load(as: UInt8.self)) }
    if count > 1 { word |= UInt64(base.load(fromByteOffset: 1, as: UInt8.self)) << 8 }
    if count > 2 { word |= UInt64(base.load(fromByteOffset: 2, as: UInt8.self)) << 16 }
    return (word, mark)
  }
}
