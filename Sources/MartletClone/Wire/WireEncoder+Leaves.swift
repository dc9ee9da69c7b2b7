/// Writes values that contain no others.
extension WireEncoder {
  mutating func bigInt(_ tag: UInt8, _ number: CloneBigInt) throws(CloneError) {
    // V8 accepts at most 2^30 bits.
    guard number.words.count <= 1 << 24 else { throw .notCloneable("a bigint of more than a billion bits") }
    writer.tag(tag, varint: UInt64(number.words.count * 8) << 1 | (number.isNegative ? 1 : 0))
    number.words.withUnsafeBytes { writer.raw($0) }
  }

  mutating func boxed(_ boxed: CloneBoxed) throws(CloneError) {
    switch boxed.primitive {
    case .bool(let bool): writer.byte(bool ? Tag.trueObject : Tag.falseObject)
    case .number(let number): writer.double(Tag.numberObject, number)
    case .bigInt(let number): try bigInt(Tag.bigIntObject, number)
    case .string(let string):
      writer.byte(Tag.stringObject)
      writer.string(string)
    default: break
    }
  }

  mutating func buffer(_ buffer: CloneArrayBuffer) throws(CloneError) {
    guard max(buffer.byteLength, buffer.maxByteLength ?? 0) <= Int(UInt32.max) else {
      throw .notCloneable("an ArrayBuffer longer than four gigabytes")
    }
    if let maximum = buffer.maxByteLength {
      guard buffer.byteLength <= maximum else {
        throw .notCloneable("an ArrayBuffer longer than its maxByteLength")
      }
      writer.tag(Tag.resizableArrayBuffer, varint: UInt64(buffer.byteLength))
      writer.varint(UInt64(maximum))
      buffer.contents.bytes.withUnsafeBytes { writer.raw($0) }
    } else {
      writer.tag(Tag.arrayBuffer, varint: UInt64(buffer.byteLength))
      writer.buffer(buffer.contents)
    }
  }

  /// Writes the buffer, or a reference to it, and then the view.
  mutating func view(_ view: CloneArrayBufferView) throws(CloneError) {
    if view.mark != 0 {
      _ = try isNew(view)
      return
    }
    guard !view.isOutOfBounds else {
      throw .notCloneable("a \(view.kind.name) whose ArrayBuffer has become too short for it")
    }
    if try isNew(view.buffer) { try buffer(view.buffer) }
    try mark(view)
    writer.byte(Tag.view)
    writer.byte(view.kind.tag)
    writer.varint(UInt64(view.byteOffset))
    writer.varint(UInt64(view.byteLength))
    var flags: UInt32 = 0
    if view.isLengthTracking { flags |= ViewFlag.lengthTracking }
    if view.buffer.maxByteLength != nil { flags |= ViewFlag.resizableBuffer }
    writer.varint(UInt64(flags))
  }
}
