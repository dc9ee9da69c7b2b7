/// Collects bytes in a small stage and hands them to an array in larger pieces.
///
/// Appending to a Swift array checks its uniqueness and its capacity for every byte; the stage makes that one
/// check for each kilobyte, and the last flush of a small message allocates its array once, in the right
/// size.
struct Writer {
  private let stage: UnsafeMutableRawPointer
  private let capacity: Int
  private var used = 0
  private var output: [UInt8]
  /// Where the value begins in the output, so that padding does not depend on what stands before it.
  private let start: Int
  /// Contents that are not copied into the output, when there is room for them; their bytes count as if they
  /// were.
  private var bulk: [CloneSegments.Bulk]?
  private var bulkBytes = 0

  /// Takes `output` over until `finish` or `abandon`; the stage must outlive the writer.
  ///
  /// - Parameter keepsBulk: Whether long buffers are left where they are.
  init(stage: UnsafeMutableRawBufferPointer, output: consuming [UInt8], keepsBulk: Bool) {
    self.stage = stage.baseAddress!
    bulk = keepsBulk ? [] : nil
    capacity = stage.count
    start = output.count
    self.output = output
  }

  /// Hands the output back, with everything written.
  mutating func finish(into bytes: inout [UInt8]) -> [CloneSegments.Bulk] {
    flush()
    swap(&bytes, &output)
    return bulk ?? []
  }

  /// Hands the output back as it was taken.
  mutating func abandon(into bytes: inout [UInt8]) {
    output.removeLast(output.count - start)
    swap(&bytes, &output)
  }

  /// The number of bytes of this value so far.
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

  /// Writes a tag and an unsigned number, seven bits to a byte.
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

  /// Writes a number as V8 does: whole numbers of 32 bits short, all others as eight bytes.
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
      // All sixteen bytes are stored; the next write goes over those beyond the count.
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
      // Readers may look at the units where they are, so they begin at an even offset.
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
        // Room for the few bytes that close what is around it, or they would copy all of it once more.
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
