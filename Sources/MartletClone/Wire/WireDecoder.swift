/// Decodes one value. It keeps its own stack of open containers, so that nesting uses no machine stack.
struct WireDecoder: ~Copyable {
  /// An open container: one whose contents are being read.
  struct OpenContainer {
    enum Kind { case object, elements, keyedElements, map, set, error }

    var kind: Kind
    var node: CloneNode
    /// Index of its first value on the value stack.
    var base: Int
    /// Index of its first key on the key stack, once keys are collected there.
    var keyBase = 0
    /// The shape whose keys have all matched so far; nil once keys are collected instead.
    var guess: ShapeCache.Guess?
    /// Number of elements of a dense array.
    var length: UInt32 = 0

    /// Tag that ends the properties.
    var endTag: UInt8 {
      switch kind {
      case .elements: Tag.denseArrayEnd
      case .keyedElements: Tag.sparseArrayEnd
      default: Tag.objectEnd
      }
    }
  }

  var reader: Reader
  /// The out-of-line buffers, and the number of them used so far.
  let apart: [CloneSegments.Bulk]
  var taken = 0
  /// Values of containers that are still open.
  var values: ReusedStack<CloneValue>
  /// Keys of open objects that have no guessed shape.
  var keys: ReusedStack<CloneString>
  var shapes = ShapeCache()
  private var stack: ContiguousArray<OpenContainer> = []
  /// Maximum number of values, and the number that may still come.
  private let limit: Int
  private var budget: Int
  /// The same for objects.
  private let objectLimit: Int
  private var objectBudget: Int
  /// The objects read so far, in the order of their ids.
  var nodes: ReusedStack<CloneNode>
  /// Whether some object refers to one that contains it.
  private(set) var hasCycles = false
  /// Whether some object occurs more than once, or some buffer has more than one view.
  private var hasReferences = false

  /// Number of values read.
  var valueCount: Int { limit - budget }

  init(
    _ bytes: UnsafeRawBufferPointer, apart: [CloneSegments.Bulk], limit: Int, objectLimit: Int,
    values: UnsafeMutableBufferPointer<CloneValue>, keys: UnsafeMutableBufferPointer<CloneString>,
    nodes: UnsafeMutableBufferPointer<CloneNode>
  ) {
    reader = Reader(bytes)
    self.apart = apart
    self.limit = limit
    budget = limit
    self.objectLimit = objectLimit
    objectBudget = objectLimit
    self.values = ReusedStack(in: values)
    self.keys = ReusedStack(in: keys)
    self.nodes = ReusedStack(in: nodes)
  }

  /// Reads the header and the one value after it.
  mutating func run() throws(CloneError) -> CloneValue {
    do throws(CloneError) {
      try reader.header()
      try contents()
      guard reader.remaining == 0, taken == apart.count else {
        throw reader.failure(.cloneTrailingBytes, "Bytes after the end of the value")
      }
      if hasReferences {
        for id in 0..<nodes.count { nodes[id].mayUnfold = true }
      }
      return values.pop() ?? .undefined
    } catch {
      breakCycles()
      throw error
    }
  }

  private mutating func contents() throws(CloneError) {
    guard var container = try readValue() else { return }
    while true {
      if let inner = try advance(&container) {
        guard stack.count + 1 < CloneCodec.maximumDepth else {
          throw reader.failure(.cloneTooDeep, "Nested deeper than \(CloneCodec.maximumDepth) levels")
        }
        stack.append(container)
        container = inner
      } else {
        container.node.mark = 0
        values.push(container.node.asValue)
        guard let outer = stack.popLast() else { return }
        container = outer
      }
    }
  }

  /// Continues reading a container. Returns the inner container to read first, or nil at its end.
  @inline(__always)
  private mutating func advance(_ container: inout OpenContainer) throws(CloneError) -> OpenContainer? {
    switch container.kind {
    case .object, .keyedElements: try advanceKeyed(&container)
    case .elements: try advanceElements(&container)
    case .map: try advanceCollection(&container, endTag: Tag.mapEnd)
    case .set: try advanceCollection(&container, endTag: Tag.setEnd)
    case .error: try advanceError(&container)
    }
  }

  /// Reads a value onto the stack. If it is a container, reads its beginning and returns it.
  @inline(__always)
  mutating func readValue() throws(CloneError) -> OpenContainer? {
    try spend()
    var tag = try reader.tag()
    // Old writers put an object count before values; it is ignored.
    while tag == Tag.verifyObjectCount {
      _ = try reader.varint()
      tag = try reader.tag()
    }
    switch tag {
    case Tag.int32: values.push(.number(Double(try reader.int32())))
    case Tag.latin1String: values.push(.string(try latin1()))
    case Tag.double: values.push(.number(try reader.double()))
    case Tag.true: values.push(.bool(true))
    case Tag.false: values.push(.bool(false))
    case Tag.null: values.push(.null)
    case Tag.undefined: values.push(.undefined)
    default: return try readOther(tag)
    }
    return nil
  }

  /// Counts a value against the limit.
  @inline(__always)
  mutating func spend() throws(CloneError) {
    budget -= 1
    if budget < 0 { throw tooMany() }
  }

  @inline(never)
  private func tooMany() -> CloneError {
    reader.failure(.ipcTooManyValues, "More than \(limit) values")
  }

  private mutating func readOther(_ tag: UInt8) throws(CloneError) -> OpenContainer? {
    switch tag {
    case Tag.object:
      let object = CloneObject()
      try open(object)
      return OpenContainer(
        kind: .object, node: object, base: values.count, keyBase: keys.count, guess: shapes.guess(reader))
    case Tag.denseArray:
      let length = try reader.varint()
      // Each element takes at least one byte, so a length larger than the remaining input is rejected before
      // any allocation.
      guard Int(length) <= reader.remaining else {
        throw reader.failure(
          .cloneBadLength, "An array of \(length) elements with \(reader.remaining) bytes left")
      }
      if Int(length) > budget { throw tooMany() }
      let array = CloneArray()
      try open(array)
      return OpenContainer(
        kind: .elements, node: array, base: values.count, keyBase: keys.count, length: length)
    case Tag.sparseArray:
      let length = try reader.varint()
      let array = CloneArray()
      try open(array)
      return OpenContainer(
        kind: .keyedElements, node: array, base: values.count, keyBase: keys.count, length: length)
    case Tag.map:
      let map = CloneMap()
      try open(map)
      return OpenContainer(kind: .map, node: map, base: values.count)
    case Tag.set:
      let set = CloneSet()
      try open(set)
      return OpenContainer(kind: .set, node: set, base: values.count)
    case Tag.error:
      return try readError()
    case Tag.reference:
      values.push(try reference())
      return nil
    default:
      values.push(try leaf(tag))
      return nil
    }
  }

  /// Counts an object against the limit, or data that takes as long to make as `count` objects.
  @inline(__always)
  mutating func spendOnObject(_ count: Int = 1) throws(CloneError) {
    objectBudget -= count
    if objectBudget < 0 { throw tooManyObjects() }
  }

  @inline(never)
  private func tooManyObjects() -> CloneError {
    reader.failure(.ipcTooManyValues, "More than \(objectLimit) objects")
  }

  /// Gives `node` the next id.
  @inline(__always)
  mutating func register(_ node: CloneNode) throws(CloneError) {
    try spendOnObject()
    nodes.push(node)
  }

  /// Gives a container the next id, and marks it as open until its end.
  @inline(__always)
  mutating func open(_ node: CloneNode) throws(CloneError) {
    node.mark = 1
    try register(node)
  }

  /// Reads a reference to an earlier object, or the view that follows a reference to a buffer.
  private mutating func reference() throws(CloneError) -> CloneValue {
    let place = reader.position
    let id = Int(try reader.varint())
    guard id < nodes.count else {
      throw CloneError(.cloneBadReference, "A reference to object \(id) of \(nodes.count)", offset: place)
    }
    hasReferences = true
    let value = nodes[id].asValue
    if case .arrayBuffer(let buffer) = value, reader.skip(ifTag: Tag.view) { return try view(of: buffer) }
    // A reference to an open container, which contains this reference, is the only way to make a cycle.
    if nodes[id].mark != 0 { hasCycles = true }
    return value
  }

  /// Empties every node after a failure, because Swift would never free a cycle in a finished part.
  private mutating func breakCycles() {
    guard hasCycles else { return }
    var children = ContiguousArray<CloneValue>()
    for id in 0..<nodes.count { nodes[id].surrenderChildren(to: &children) }
  }
}
