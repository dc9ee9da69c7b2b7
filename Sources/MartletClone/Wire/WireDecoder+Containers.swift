/// Reads the contents of open containers.
extension WireDecoder {
  /// Reads properties up to the end tag: those of objects, and those behind the elements of arrays.
  mutating func advanceKeyed(_ container: inout OpenContainer) throws(CloneError) -> OpenContainer? {
    let endTag = container.endTag
    while true {
      let tag = try reader.peekTag()
      if tag == endTag {
        _ = try reader.byte()
        try endKeyed(container)
        return nil
      }
      try readKey(&container)
      if let inner = try readValue() { return inner }
    }
  }

  /// Reads a key. Compares it with the guessed shape, and collects keys from the first difference on.
  @inline(__always)
  private mutating func readKey(_ container: inout OpenContainer) throws(CloneError) {
    if let guess = container.guess {
      let position = values.count - container.base
      if position < guess.keys.count, case .small(let low, let high) = guess.keys[position].storage,
        reader.skip(ifSmall: low, high)
      {
        return
      }
      for key in guess.keys[..<position] { keys.push(key) }
      container.guess = nil
    }
    keys.push(try key())
  }

  /// Reads a key of either form: a string or a number.
  private mutating func key() throws(CloneError) -> CloneString {
    let place = reader.position
    switch try reader.tag() {
    case Tag.latin1String: return try latin1()
    case Tag.utf16String: return try utf16()
    case Tag.utf8String: return try utf8()
    case Tag.int32: return try key(Double(try reader.int32()))
    case Tag.uint32: return CloneString(arrayIndexOrText: try reader.varint())
    case Tag.double: return try key(try reader.double())
    default: throw CloneError(.cloneBadKey, "A property key is neither a string nor a number", offset: place)
    }
  }

  private mutating func key(_ number: Double) throws(CloneError) -> CloneString {
    if let index = number.exactly(UInt32.self) { return CloneString(arrayIndexOrText: index) }
    // Our own senders write such keys as strings. Making the text takes as long as reading four objects, so
    // it counts as four.
    try spendOnObject(4)
    return number.withJavaScriptText { CloneString(latin1: $0) }
  }

  private mutating func endKeyed(_ container: borrowing OpenContainer) throws(CloneError) {
    let place = reader.position
    let isArray = container.kind == .keyedElements
    let elementCount = isArray ? 0 : Int(container.length)
    let found = values.count - container.base - elementCount
    let promised = try reader.varint()
    guard Int(promised) == found else {
      throw CloneError(.cloneBadLength, "\(promised) properties announced, \(found) found", offset: place)
    }
    if container.kind == .object {
      let object = unsafeDowncast(container.node, to: CloneObject.self)
      if found > 0 { object.properties = try takeProperties(container, offset: place) }
      return
    }
    let array = unsafeDowncast(container.node, to: CloneArray.self)
    guard try reader.varint() == container.length else {
      throw CloneError(.cloneBadLength, "An array's two lengths differ", offset: place)
    }
    let extras = found > 0 ? try takeProperties(container, offset: place) : PropertyTable()
    if !isArray { array.dense = values.take(from: container.base) }
    guard array.adopt(extras, length: container.length) else {
      throw CloneError(.cloneBadKey, "An element is outside its array", offset: place)
    }
  }

  /// Makes the property table of `container` from the keys and values read for it.
  @inline(__always)
  private mutating func takeProperties(_ container: borrowing OpenContainer, offset: Int) throws(CloneError)
    -> PropertyTable
  {
    let base = container.base + (container.kind == .elements ? Int(container.length) : 0)
    if let guess = container.guess, guess.keys.count == values.count - base {
      return PropertyTable(shape: guess.shape, values: values.take(from: base))
    }
    return try takeNewProperties(container, base: base, offset: offset)
  }

  @inline(never)
  private mutating func takeNewProperties(
    _ container: borrowing OpenContainer, base: Int, offset: Int
  ) throws(CloneError) -> PropertyTable {
    if let guess = container.guess {
      for key in guess.keys[..<(values.count - base)] { keys.push(key) }
    }
    let found = keys.take(from: container.keyBase)
    if let shape = PropertyShape(ordered: found) {
      if container.kind == .object { shapes.remember(shape) }
      return PropertyTable(shape: shape, values: values.take(from: base))
    }
    guard let table = PropertyTable(unordered: found, values: values.take(from: base)) else {
      throw CloneError(.cloneBadKey, "An object has a property twice", offset: offset)
    }
    return table
  }

  /// Reads the elements of a dense array, then its properties.
  mutating func advanceElements(_ container: inout OpenContainer) throws(CloneError) -> OpenContainer? {
    let end = container.base + Int(container.length)
    while values.count < end {
      if reader.skip(ifTag: Tag.hole) {
        try spend()
        unsafeDowncast(container.node, to: CloneArray.self).markHole(values.count - container.base)
        values.push(.undefined)
      } else if let inner = try readValue() {
        return inner
      }
    }
    return try advanceKeyed(&container)
  }

  /// Reads the keys and values of a map, or the members of a set.
  mutating func advanceCollection(_ container: inout OpenContainer, endTag: UInt8) throws(CloneError)
    -> OpenContainer?
  {
    while try reader.peekTag() != endTag {
      if let inner = try readValue() { return inner }
    }
    _ = try reader.byte()
    let place = reader.position
    let found = values.count - container.base
    let promised = try reader.varint()
    guard Int(promised) == found else {
      throw CloneError(
        .cloneBadLength, "\(promised) keys and values announced, \(found) found", offset: place)
    }
    if container.kind == .set {
      unsafeDowncast(container.node, to: CloneSet.self).storage.adopt(values.take(from: container.base))
      return nil
    }
    guard found % 2 == 0 else {
      throw CloneError(.cloneBadLength, "A map's last key has no value", offset: place)
    }
    unsafeDowncast(container.node, to: CloneMap.self).storage.adopt(values.take(from: container.base))
    return nil
  }

  /// Reads the beginning of an error, up to its kind.
  mutating func readError() throws(CloneError) -> OpenContainer {
    let error = CloneErrorObject(message: nil)
    try open(error)
    let tag = try reader.byte()
    if let kind = CloneErrorObject.Kind.tagged.first(where: { $0.tag == tag }) {
      error.kind = kind
    } else {
      reader.stepBack()
    }
    return OpenContainer(kind: .error, node: error, base: values.count)
  }

  /// Reads message, stack and cause up to the end, in any order, because V8 has changed its own.
  mutating func advanceError(_ container: inout OpenContainer) throws(CloneError) -> OpenContainer? {
    let error = unsafeDowncast(container.node, to: CloneErrorObject.self)
    while true {
      let place = reader.position
      switch try reader.byte() {
      case ErrorTag.message where error.message == nil: error.message = try string()
      case ErrorTag.stack where error.stack == nil: error.stack = try string()
      case ErrorTag.cause where values.count == container.base:
        if let inner = try readValue() { return inner }
      case ErrorTag.end:
        if values.count > container.base { error.cause = values.pop() }
        return nil
      default:
        throw CloneError(.cloneBadTag, "Unknown or repeated part of an error", offset: place)
      }
    }
  }
}
