/// Collects bytes in a small buffer (the stage) and appends them to an array in larger pieces.
///
/// Appending to a Swift array checks uniqueness and capacity for every byte; the stage reduces that to one
/// check for each kilobyte. The last flush of a small message allocates its array once, in the right size.
struct Writer {
  private let stage: UnsafeMutableRawPointer
  private let capacity: Int
  private var used = 0
  private var output: [UInt8]
  /// Offset of the value in the output, so that padding does not depend on the bytes before it.
  private let start: Int
  /// Out-of-line buffers, or nil if all buffers are copied. Their bytes count for positions as if they were
  /// in the output.
  private var bulk: [CloneSegments.Bulk]?
  private var bulkBytes = 0

  /// Takes ownership of `output` until `finish` or `abandon`. The stage must outlive the writer.
  ///
  /// - Parameter keepsBulk: Whether long buffers stay out of line.
  init(stage: UnsafeMutableRawBufferPointer, output: consuming [UInt8], keepsBulk: Bool) {
    self.stage = stage.baseAddress!
    bulk = keepsBulk ? [] : nil
    capacity = stage.count
    start = output.count
    self.output = output
  }

  /// Returns the output, with everything written, in `bytes`.
  mutating func finish(into bytes: inout [UInt8]) -> [CloneSegments.Bulk] {
    flush()
    swap(&bytes, &output)
    return bulk ?? []
  }

  /// Returns the output in `bytes` as it was before this value.
  mutating func abandon(into bytes: inout [UInt8]) {
    output.removeLast(output.count - start)
    swap(&bytes, &output)
  }

  /// Number of bytes of this value so far.
  private var position: Int { output.count - start + used + bulkBytes }

  @inline(never)
  private mutating func flush() {
    output.append(
      contentsOf: UnsafeBufferPointer(start: stage.assumingMemoryBound(to: UInt8.self), count: used))
    used = 0
  }

  @inline(__always)
  private mutating func makeRoom(_ count: Int) {
    if capacity - used < count { flush() }
  }

  @inline(__always)
  mutating func byte(_ byte: UInt8) {
    makeRoom(1)
    stage.storeBytes(of: byte, toByteOffset: used, as: UInt8.self)
    used += 1
  }

  /// Writes a tag and an unsigned varint, seven bits to a byte.
  @inline(__always)
  mutating func tag(_ tag: UInt8, varint value: UInt64) {
    makeRoom(11)
    stage.storeBytes(of: tag, toByteOffset: used, as: UInt8.self)
    used += 1
    varintInRoom(value)
  }

  @inline(__always)
  mutating func varint(_ value: UInt64) {
    makeRoom(10)
    varintInRoom(value)
  }

  @inline(__always)
  private mutating func varintInRoom(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      stage.storeBytes(of: UInt8(truncatingIfNeeded: rest) | 0x80, toByteOffset: used, as: UInt8.self)
      used += 1
      rest >>= 7
    }
    stage.storeBytes(of: UInt8(truncatingIfNeeded: rest), toByteOffset: used, as: UInt8.self)
    used += 1
  }

  /// Writes a number as V8 does: 32-bit integers as a short varint, all others as eight bytes.
  @inline(__always)
  mutating func number(_ value: Double) {
    if let whole = value.asInt32 {
      tag(Tag.int32, varint: UInt64(UInt32(bitPattern: whole << 1 ^ whole >> 31)))
    } else {
      double(Tag.double, value)
    }
  }

  @inline(__always)
  mutating func double(_ tag: UInt8, _ value: Double) {
    makeRoom(9)
    stage.storeBytes(of: tag, toByteOffset: used, as: UInt8.self)
    stage.storeBytes(of: value, toByteOffset: used + 1, as: Double.self)
    used += 9
  }

  /// Writes a string with its tag. The caller has checked that its length fits 32 bits.
  @inline(__always)
  mutating func string(_ string: CloneString) {
    switch string.storage {
    case .small(let low, let high):
      let count = Int(high >> 56)
      // Always stores sixteen bytes; the next write overwrites those beyond the count.
      makeRoom(18)
      stage.storeBytes(of: Tag.latin1String, toByteOffset: used, as: UInt8.self)
      stage.storeBytes(of: UInt8(truncatingIfNeeded: count), toByteOffset: used + 1, as: UInt8.self)
      stage.storeBytes(of: low, toByteOffset: used + 2, as: UInt64.self)
      stage.storeBytes(of: high, toByteOffset: used + 10, as: UInt64.self)
      used += 2 + count
    case .large(let buffer):
      large(buffer)
    }
  }

  private mutating func large(_ string: CloneStringStorage) {
    let count = string.header.byteCount
    if string.header.isTwoByte {
      // UTF-16 units begin at an even offset, so that a reader can access them in place.
      if (position + 1 + Self.varintSize(count)) & 1 == 1 { byte(Tag.padding) }
      tag(Tag.utf16String, varint: UInt64(count))
    } else {
      tag(Tag.latin1String, varint: UInt64(count))
    }
    string.withBytes { raw($0) }
  }

  mutating func buffer(_ contents: BufferContents) {
    guard bulk != nil, contents.count >= CloneSegments.bulkSize else {
      return contents.bytes.withUnsafeBytes { raw($0) }
    }
    bulk!.append(CloneSegments.Bulk(place: output.count + used, contents: contents))
    bulkBytes += contents.count
  }

  mutating func raw(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    if bytes.count > capacity - used {
      flush()
      if bytes.count > capacity {
        // Reserves room for the end tags around it as well; otherwise they would cause another copy of the
        // whole.
        let needed = output.count + bytes.count + capacity
        if needed > output.capacity { output.reserveCapacity(max(needed, output.count * 2)) }
        output.append(
          contentsOf: UnsafeBufferPointer(
            start: base.assumingMemoryBound(to: UInt8.self), count: bytes.count))
        return
      }
    }
    stage.advanced(by: used).copyMemory(from: base, byteCount: bytes.count)
    used += bytes.count
  }

  private static func varintSize(_ value: Int) -> Int {
    var size = 1
    var rest = value >> 7
    while rest > 0 {
      size += 1
      rest >>= 7
    }
    return size
  }
}
