/// Reading on in the containers that are open.
extension WireDecoder {
  /// Reads properties, of objects and behind the elements of arrays, up to the end tag.
  mutating func advanceKeyed(_ frame: inout Frame) throws(CloneError) -> Frame? {
    let endTag = frame.endTag
    while true {
      let tag = try reader.peekTag()
      if tag == endTag {
        _ = try reader.byte()
        try endKeyed(frame)
        return nil
      }
      try readKey(&frame)
      if let inner = try readValue() { return inner }
    }
  }

  /// Reads a key: compares it with the guessed shape, and collects keys from the first one that differs.
  @inline(__always)
  private mutating func readKey(_ frame: inout Frame) throws(CloneError) {
    if let guess = frame.guess {
      let position = values.count - frame.base
      if position < guess.keys.count, case .small(let low, let high) = guess.keys[position].storage,
        reader.skip(ifSmall: low, high)
      {
        return
      }
      for key in guess.keys[..<position] { keys.push(key) }
      frame.guess = nil
    }
    keys.push(try key())
  }

  /// Reads a key of any form: a string or a number.
  private mutating func key() throws(CloneError) -> CloneString {
    let place = reader.position
    switch try reader.tag() {
    case Tag.latin1String: return try latin1()
    case Tag.utf16String: return try utf16()
    case Tag.utf8String: return try utf8()
    case Tag.int32: return try key(Double(try reader.int32()))
    case Tag.uint32: return CloneString(arrayIndexOrText: try reader.varint())
    case Tag.double: return try key(try reader.double())
    default: throw CloneError(.badKey, "A property key that is no string and no number", offset: place)
    }
  }

  private mutating func key(_ number: Double) throws(CloneError) -> CloneString {
    if let index = number.exactly(UInt32.self) { return CloneString(arrayIndexOrText: index) }
    // No sender that is one of ours has such keys: they are texts there. To make the text takes as long as four objects.
    try spendOnObject(4)
    return number.withJavaScriptText { CloneString(latin1: $0) }
  }

  private mutating func endKeyed(_ frame: borrowing Frame) throws(CloneError) {
    let place = reader.position
    let isArray = frame.kind == .keyedElements
    let elementCount = isArray ? 0 : Int(frame.length)
    let found = values.count - frame.base - elementCount
    let promised = try reader.varint()
    guard Int(promised) == found else {
      throw CloneError(.badLength, "\(promised) properties announced, \(found) found", offset: place)
    }
    if frame.kind == .object {
      let object = unsafeDowncast(frame.node, to: CloneObject.self)
      if found > 0 { object.properties = try takeProperties(frame, offset: place) }
      return
    }
    let array = unsafeDowncast(frame.node, to: CloneArray.self)
    guard try reader.varint() == frame.length else {
      throw CloneError(.badLength, "An array's two lengths differ", offset: place)
    }
    let extras = found > 0 ? try takeProperties(frame, offset: place) : PropertyTable()
    if !isArray { array.dense = values.take(from: frame.base) }
    guard array.adopt(extras, length: frame.length) else {
      throw CloneError(.badKey, "An element outside of its array", offset: place)
    }
  }

  /// Makes the properties of the keys and values read for `frame`.
  @inline(__always)
  private mutating func takeProperties(_ frame: borrowing Frame, offset: Int) throws(CloneError)
    -> PropertyTable
  {
    let base = frame.base + (frame.kind == .elements ? Int(frame.length) : 0)
    if let guess = frame.guess, guess.keys.count == values.count - base {
      return PropertyTable(shape: guess.shape, values: values.take(from: base))
    }
    return try takeNewProperties(frame, base: base, offset: offset)
  }

  @inline(never)
  private mutating func takeNewProperties(
    _ frame: borrowing Frame, base: Int, offset: Int
  ) throws(CloneError) -> PropertyTable {
    if let guess = frame.guess {
      for key in guess.keys[..<(values.count - base)] { keys.push(key) }
    }
    let found = keys.take(from: frame.keyBase)
    if let shape = PropertyShape(ordered: found) {
      if frame.kind == .object { shapes.remember(shape) }
      return PropertyTable(shape: shape, values: values.take(from: base))
    }
    guard let table = PropertyTable(unordered: found, values: values.take(from: base)) else {
      throw CloneError(.badKey, "An object has a property twice", offset: offset)
    }
    return table
  }

  /// Reads the elements of a dense array, and then its properties.
  mutating func advanceElements(_ frame: inout Frame) throws(CloneError) -> Frame? {
    let end = frame.base + Int(frame.length)
    while values.count < end {
      if reader.skip(ifTag: Tag.hole) {
        try spend()
        unsafeDowncast(frame.node, to: CloneArray.self).markHole(values.count - frame.base)
        values.push(.undefined)
      } else if let inner = try readValue() {
        return inner
      }
    }
    return try advanceKeyed(&frame)
  }

  /// Reads the keys and values of a map, or the members of a set.
  mutating func advanceCollection(_ frame: inout Frame, endTag: UInt8) throws(CloneError) -> Frame? {
    while try reader.peekTag() != endTag {
      if let inner = try readValue() { return inner }
    }
    _ = try reader.byte()
    let place = reader.position
    let found = values.count - frame.base
    let promised = try reader.varint()
    guard Int(promised) == found else {
      throw CloneError(.badLength, "\(promised) keys and values announced, \(found) found", offset: place)
    }
    if frame.kind == .set {
      unsafeDowncast(frame.node, to: CloneSet.self).storage.adopt(values.take(from: frame.base))
      return nil
    }
    guard found % 2 == 0 else { throw CloneError(.badLength, "A map's last key has no value", offset: place) }
    unsafeDowncast(frame.node, to: CloneMap.self).storage.adopt(values.take(from: frame.base))
    return nil
  }

  /// Reads the beginning of an error, up to what its kind is.
  mutating func readError() throws(CloneError) -> Frame {
    let error = CloneErrorObject(message: nil)
    try open(error)
    let tag = try reader.byte()
    if let kind = CloneErrorObject.Kind.tagged.first(where: { $0.tag == tag }) {
      error.kind = kind
    } else {
      reader.stepBack()
    }
    return Frame(kind: .error, node: error, base: values.count)
  }

  /// Reads message, stack and cause, in any order since V8 has changed its own, up to the end.
  mutating func advanceError(_ frame: inout Frame) throws(CloneError) -> Frame? {
    let error = unsafeDowncast(frame.node, to: CloneErrorObject.self)
    while true {
      let place = reader.position
      switch try reader.byte() {
      case ErrorTag.message where error.message == nil: error.message = try string()
      case ErrorTag.stack where error.stack == nil: error.stack = try string()
      case ErrorTag.cause where values.count == frame.base:
        if let inner = try readValue() { return inner }
      case ErrorTag.end:
        if values.count > frame.base { error.cause = values.pop() }
        return nil
      default:
        throw CloneError(.badTag, "Not a part of an error, or one that has been there", offset: place)
      }
    }
  }
}
