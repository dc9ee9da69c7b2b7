/// Encodes one value. It keeps its own stack of open containers, so that nesting uses no machine stack.
struct WireEncoder: ~Copyable {
  /// An open container: one whose contents are being written.
  struct OpenContainer {
    enum Kind { case object, elements, members, entries, cause }

    var kind: Kind
    var node: CloneNode
    /// Contents to write, continued at `index`: property values, elements, members, or keys and values in
    /// turn.
    var values: ContiguousArray<CloneValue>
    var keys: ContiguousArray<CloneString> = []
    var integerKeyCount = 0
    var index = 0
    /// Tag that ends the container.
    var endTag: UInt8
  }

  var writer: Writer
  /// Whether some object refers to one that contains it.
  private(set) var hasCycles = false
  private var stack: ContiguousArray<OpenContainer> = []
  /// Number of values that may still be written, after the first.
  private var budget = CloneCodec.maximumValueCount - 1
  /// Every node that has an id, so that the marks can be removed at the end.
  private var marked: ReusedStack<Unmanaged<CloneNode>>

  init(writer: consuming Writer, nodes: UnsafeMutableBufferPointer<Unmanaged<CloneNode>>) {
    self.writer = writer
    marked = ReusedStack(in: nodes)
  }

  /// Writes the header and `value`. Removes all marks from the nodes, also when it fails.
  mutating func run(_ value: CloneValue) throws(CloneError) {
    defer {
      for id in 0..<marked.count { marked[id]._withUnsafeGuaranteedRef { $0.mark = 0 } }
    }
    writer.byte(Tag.version)
    writer.byte(CloneCodec.version)
    guard var container = try begin(value) else { return }
    try spend(container)
    container.node.mark |= Self.openMark
    while true {
      if let inner = try advance(&container) {
        guard stack.count + 1 < CloneCodec.maximumDepth else {
          throw CloneError(.cloneTooDeep, reason: "nested deeper than \(CloneCodec.maximumDepth) levels")
        }
        stack.append(container)
        container = inner
        try spend(container)
        container.node.mark |= Self.openMark
      } else {
        container.node.mark &= ~Self.openMark
        guard let outer = stack.popLast() else { return }
        container = outer
      }
    }
  }

  /// Counts the values of a container against the limit.
  private mutating func spend(_ container: OpenContainer) throws(CloneError) {
    budget -= container.values.count
    if budget < 0 {
      throw CloneError(.ipcTooManyValues, reason: "more than \(CloneCodec.maximumValueCount) values")
    }
  }

  /// Continues writing a container. Returns the inner container to write first, or nil at its end.
  private mutating func advance(_ container: inout OpenContainer) throws(CloneError) -> OpenContainer? {
    while true {
      let values = container.values
      var index = container.index
      while index < values.count {
        if container.kind == .object {
          try key(container.keys[index], isInteger: index < container.integerKeyCount)
        }
        if container.kind == .elements, case .undefined = values[index],
          let array = container.node as? CloneArray,
          array.hasHoleBit(index)
        {
          writer.byte(Tag.hole)
        } else if let inner = try begin(values[index]) {
          container.index = index + 1
          return inner
        }
        index += 1
      }
      if container.kind == .elements, let array = container.node as? CloneArray, array.properties.count > 0 {
        container = Self.keyed(array, array.properties, end: Tag.denseArrayEnd)
        try spend(container)
        continue
      }
      end(container)
      return nil
    }
  }

  private mutating func end(_ container: OpenContainer) {
    switch container.kind {
    case .cause:
      writer.byte(ErrorTag.end)
    case .elements:
      writer.tag(container.endTag, varint: 0)
      writer.varint(UInt64(container.values.count))
    default:
      writer.tag(container.endTag, varint: UInt64(container.values.count))
      if container.endTag == Tag.denseArrayEnd || container.endTag == Tag.sparseArrayEnd,
        let array = container.node as? CloneArray
      {
        writer.varint(UInt64(array.length))
      }
    }
  }

  private static func keyed(_ node: CloneNode, _ table: PropertyTable, end: UInt8) -> OpenContainer {
    OpenContainer(
      kind: .object, node: node, values: table.values, keys: table.shape?.keys ?? [],
      integerKeyCount: table.shape?.integerKeyCount ?? 0, endTag: end)
  }

  @inline(__always)
  private mutating func key(_ key: CloneString, isInteger: Bool) throws(CloneError) {
    if isInteger, let number = key.arrayIndex {
      writer.number(Double(number))
    } else {
      try string(key)
    }
  }

  @inline(__always)
  private mutating func string(_ string: CloneString) throws(CloneError) {
    if case .large(let buffer) = string.storage, buffer.header.byteCount > Int(UInt32.max) {
      throw CloneError.notCloneable("a string longer than four gigabytes")
    }
    writer.string(string)
  }

  /// Writes a value. If it is a container, writes its beginning and returns it.
  @inline(__always)
  private mutating func begin(_ value: CloneValue) throws(CloneError) -> OpenContainer? {
    switch value {
    case .undefined: writer.byte(Tag.undefined)
    case .null: writer.byte(Tag.null)
    case .bool(let bool): writer.byte(bool ? Tag.true : Tag.false)
    case .number(let number): writer.number(number)
    case .string(let text): try string(text)
    case .bigInt(let number): try bigInt(Tag.bigInt, number)
    default: return try beginNode(value)
    }
    return nil
  }

  private mutating func beginNode(_ value: CloneValue) throws(CloneError) -> OpenContainer? {
    if case .view(let view) = value {
      try self.view(view)
      return nil
    }
    guard let node = value.node, try isNew(node) else { return nil }
    switch value {
    case .object(let object):
      writer.byte(Tag.object)
      return Self.keyed(object, object.properties, end: Tag.objectEnd)
    case .array(let array):
      return beginArray(array)
    case .map(let map):
      writer.byte(Tag.map)
      return OpenContainer(kind: .entries, node: map, values: map.storage.flat, endTag: Tag.mapEnd)
    case .set(let set):
      writer.byte(Tag.set)
      return OpenContainer(kind: .members, node: set, values: set.storage.flat, endTag: Tag.setEnd)
    case .error(let error):
      return try beginError(error)
    case .date(let date):
      writer.double(Tag.date, date.millisecondsSinceEpoch)
    case .regExp(let regExp):
      writer.byte(Tag.regExp)
      try string(regExp.source)
      writer.varint(UInt64(regExp.flags.rawValue))
    case .boxed(let boxed):
      try self.boxed(boxed)
    case .arrayBuffer(let buffer):
      try self.buffer(buffer)
    default:
      break
    }
    return nil
  }

  /// Bit of a node's mark while its contents are being written; a reference to such a node makes a cycle.
  private static let openMark: UInt32 = 1 << 31

  /// Gives `node` its id, or writes a reference if it already has one.
  @inline(__always)
  mutating func isNew(_ node: CloneNode) throws(CloneError) -> Bool {
    if node.mark != 0 {
      if node.mark & Self.openMark != 0 { hasCycles = true }
      writer.tag(Tag.reference, varint: UInt64(node.mark & ~Self.openMark) - 1)
      return false
    }
    try mark(node)
    return true
  }

  @inline(__always)
  mutating func mark(_ node: CloneNode) throws(CloneError) {
    if marked.count == CloneCodec.maximumObjectCount {
      throw CloneError(.ipcTooManyValues, reason: "more than \(CloneCodec.maximumObjectCount) objects")
    }
    marked.push(Unmanaged.passUnretained(node))
    node.mark = UInt32(truncatingIfNeeded: marked.count)
  }

  private mutating func beginArray(_ array: CloneArray) -> OpenContainer {
    guard array.isDense else {
      var table = PropertyTable()
      for (index, value) in array.dense.enumerated() where !array.hasHoleBit(index) {
        table.set(value, for: CloneString(arrayIndex: UInt32(index)))
      }
      for (index, value) in array.sparse.sorted(by: { $0.key < $1.key }) {
        table.set(value, for: CloneString(arrayIndex: index))
      }
      for (key, value) in array.namedProperties { table.set(value, for: key) }
      writer.tag(Tag.sparseArray, varint: UInt64(array.length))
      return Self.keyed(array, table, end: Tag.sparseArrayEnd)
    }
    writer.tag(Tag.denseArray, varint: UInt64(array.dense.count))
    return OpenContainer(kind: .elements, node: array, values: array.dense, endTag: Tag.denseArrayEnd)
  }

  /// Writes message, stack and cause in the order of current V8; older versions read any order.
  private mutating func beginError(_ error: CloneErrorObject) throws(CloneError) -> OpenContainer {
    writer.byte(Tag.error)
    if error.kind.tag != 0 { writer.byte(error.kind.tag) }
    if let message = error.message {
      writer.byte(ErrorTag.message)
      try string(message)
    }
    if let stack = error.stack {
      writer.byte(ErrorTag.stack)
      try string(stack)
    }
    guard let cause = error.cause else {
      // Returned as a container even without a cause, so that the depth is counted as the decoder counts it.
      return OpenContainer(kind: .cause, node: error, values: [], endTag: ErrorTag.end)
    }
    writer.byte(ErrorTag.cause)
    return OpenContainer(kind: .cause, node: error, values: [cause], endTag: ErrorTag.end)
  }
}
