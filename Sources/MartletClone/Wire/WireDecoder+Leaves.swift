/// Reads values that contain no others.
extension WireDecoder {
  @inline(__always)
  mutating func latin1() throws(CloneError) -> CloneString {
    CloneString(latin1: try reader.raw(Int(try reader.varint())))
  }

  mutating func utf16() throws(CloneError) -> CloneString {
    let place = reader.position
    let length = Int(try reader.varint())
    guard length & 1 == 0 else {
      throw CloneError(.cloneBadLength, "A UTF-16 string of \(length) bytes", offset: place)
    }
    return CloneString(utf16Bytes: try reader.raw(length))
  }

  mutating func utf8() throws(CloneError) -> CloneString {
    CloneString(String(decoding: try reader.raw(Int(try reader.varint())), as: UTF8.self))
  }

  /// Reads a string with its tag.
  mutating func string() throws(CloneError) -> CloneString {
    let place = reader.position
    switch try reader.tag() {
    case Tag.latin1String: return try latin1()
    case Tag.utf16String: return try utf16()
    case Tag.utf8String: return try utf8()
    default: throw CloneError(.cloneBadTag, "A string is required here", offset: place)
    }
  }

  /// Reads a value that is neither a container nor one of the most frequent kinds.
  mutating func leaf(_ tag: UInt8) throws(CloneError) -> CloneValue {
    switch tag {
    case Tag.uint32: return .number(Double(try reader.varint()))
    case Tag.utf16String: return .string(try utf16())
    case Tag.utf8String: return .string(try utf8())
    case Tag.bigInt: return .bigInt(try bigInt())
    case Tag.date: return try .date(registered(CloneDate(millisecondsSinceEpoch: try reader.double())))
    case Tag.trueObject: return try .boxed(registered(CloneBoxed(true)))
    case Tag.falseObject: return try .boxed(registered(CloneBoxed(false)))
    case Tag.numberObject: return try .boxed(registered(CloneBoxed(try reader.double())))
    case Tag.bigIntObject: return try .boxed(registered(CloneBoxed(try bigInt())))
    case Tag.stringObject: return try .boxed(registered(CloneBoxed(try string())))
    case Tag.regExp: return try .regExp(registered(try regExp()))
    case Tag.arrayBuffer, Tag.resizableArrayBuffer:
      let buffer = try registered(try arrayBuffer(isResizable: tag == Tag.resizableArrayBuffer))
      return reader.skip(ifTag: Tag.view) ? try view(of: buffer) : .arrayBuffer(buffer)
    default: throw unknown(tag)
    }
  }

  private func unknown(_ tag: UInt8) -> CloneError {
    let offset = reader.position - 1
    if let known = Tag.unsupported.first(where: { $0.0 == tag }) {
      return CloneError(
        .cloneUnsupportedValue, "The data contains \(known.1), which cannot be received", offset: offset)
    }
    return CloneError(.cloneBadTag, "Unknown value tag \(tag)", offset: offset)
  }

  private mutating func registered<Node: CloneNode>(_ node: Node) throws(CloneError) -> Node {
    try register(node)
    return node
  }

  private mutating func bigInt() throws(CloneError) -> CloneBigInt {
    let head = try reader.varint()
    let bytes = try reader.raw(Int(head >> 1))
    var words = [UInt64](repeating: 0, count: (bytes.count + 7) / 8)
    words.withUnsafeMutableBytes { $0.copyMemory(from: bytes) }
    return CloneBigInt(isNegative: head & 1 == 1, words: words)
  }

  private mutating func regExp() throws(CloneError) -> CloneRegExp {
    let source = try string()
    let place = reader.position
    let flags = CloneRegExp.Flags(rawValue: try reader.varint())
    guard flags.isValid else {
      throw CloneError(.cloneBadFlags, "Unknown regular expression flags \(flags.rawValue)", offset: place)
    }
    return CloneRegExp(source: source, flags: flags)
  }

  private mutating func arrayBuffer(isResizable: Bool) throws(CloneError) -> CloneArrayBuffer {
    let place = reader.position
    let length = Int(try reader.varint())
    let maximum = isResizable ? Int(try reader.varint()) : nil
    if let maximum, maximum < length {
      throw CloneError(
        .cloneBadLength, "A buffer of \(length) bytes that holds at most \(maximum)", offset: place)
    }
    if taken < apart.count, apart[taken].place == reader.position, apart[taken].contents.count == length {
      taken += 1
      return CloneArrayBuffer(apart[taken - 1].contents, maxByteLength: maximum)
    }
    return CloneArrayBuffer([UInt8](try reader.raw(length)), maxByteLength: maximum)
  }

  mutating func view(of buffer: CloneArrayBuffer) throws(CloneError) -> CloneValue {
    let place = reader.position
    let tag = try reader.byte()
    let offset = Int(try reader.varint())
    let length = Int(try reader.varint())
    let flags = try reader.varint()
    guard let kind = CloneArrayBufferView.Kind.all.first(where: { $0.tag == tag }) else {
      throw CloneError(.cloneBadTag, "Unknown view tag \(tag)", offset: place)
    }
    let isTracking = flags & ViewFlag.lengthTracking != 0
    let isResizable = flags & ViewFlag.resizableBuffer != 0
    guard flags <= 3, isResizable == (buffer.maxByteLength != nil), isResizable || !isTracking else {
      throw CloneError(.cloneBadFlags, "A view's flags \(flags) contradict its buffer", offset: place)
    }
    guard
      let view = CloneArrayBufferView(
        kind, of: buffer, byteOffset: offset, byteLength: isTracking ? nil : length)
    else {
      throw CloneError(.cloneBadLength, "A \(kind.name) is outside its buffer", offset: place)
    }
    return try .view(registered(view))
  }
}
