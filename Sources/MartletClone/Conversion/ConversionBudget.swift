/// Counts what a conversion to Swift types makes of a message that refers to some object more than once.
///
/// Such an object travels once, however often it is there; a Swift array or struct is a copy at each place,
/// and copies of copies grow exponentially: a hundred bytes could keep the app busy for years. What refers to
/// each of its objects once cannot grow, and is not counted.
///
/// @unchecked: one conversion uses it, on the stack of whoever began that.
final class ConversionBudget: @unchecked Sendable {
  @TaskLocal private static var current: ConversionBudget?

  private let root: CloneNode
  private var made = 0
  private var limit = CloneCodec.conversionAllowance
  private var isLimitKnown = false

  private init(root: CloneNode) { self.root = root }

  /// Has `convert` make something of `value`, and counts what that holds itself: its elements, its keys.
  @inline(__always)
  static func convert<T>(
    _ value: CloneValue, _ convert: (CloneValue) throws(CloneTypeMismatch) -> T
  ) throws(CloneTypeMismatch) -> T {
    guard let node = value.node, node.mayUnfold else { return try convert(value) }
    return try scope(node) { () throws(CloneTypeMismatch) in
      try spend(node.weight)
      return try convert(value)
    }
  }

  /// Has `convert` make something of `value`, with one budget for all that is made.
  @inline(__always)
  static func scope<T>(
    of value: CloneValue, _ convert: () throws(CloneTypeMismatch) -> T
  ) throws(CloneTypeMismatch) -> T {
    guard let node = value.node, node.mayUnfold else { return try convert() }
    return try scope(node, convert)
  }

  /// Counts a property of `object` that is read, and nothing else of it.
  static func spend(on property: CloneValue, of object: CloneObject) throws(CloneTypeMismatch) {
    if object.mayUnfold { try spend(1 + property.textWeight) }
  }

  @inline(never)
  private static func scope<T>(
    _ node: CloneNode, _ convert: () throws(CloneTypeMismatch) -> T
  ) throws(CloneTypeMismatch) -> T {
    if current != nil { return try convert() }
    return try $current.withValue(ConversionBudget(root: node)) {
      Result { () throws(CloneTypeMismatch) in try convert() }
    }.get()
  }

  private static func spend(_ weight: Int) throws(CloneTypeMismatch) {
    guard let current else { return }
    current.made += weight
    if current.made > current.limit { try current.extend() }
  }

  /// Finds out how much there may be, which takes a walk, when there is more than may be in any case.
  private func extend() throws(CloneTypeMismatch) {
    if !isLimitKnown {
      isLimitKnown = true
      let weight = root.weightOfGraph
      limit = max(limit, min(16 * weight, CloneCodec.maximumValueCount), 2 * weight)
    }
    if made > limit { throw .unfolded(limit) }
  }
}

extension CloneValue {
  /// This value as a `T`, with one budget for all that is made of it, whatever `T` does.
  package func converted<T: CloneDecodable>(to type: T.Type) throws(CloneTypeMismatch) -> T {
    try ConversionBudget.scope(of: self) { () throws(CloneTypeMismatch) in try T.decode(from: self) }
  }
}

extension CloneCodec {
  /// How many values a conversion to Swift types may make of any message: 1,048,576.
  ///
  /// Only where objects are shared can it make more than came. It may make sixteen times what came then, up
  /// to ``maximumValueCount``, and twice as much of any message. More throws a ``CloneTypeMismatch``; a
  /// parameter of the type ``CloneValue`` keeps shared objects shared. Sixteen bytes of text or of a buffer
  /// count as a value.
  public static let conversionAllowance = 1_048_576
}

extension CloneNode {
  /// What a Swift value made of this node alone holds, as a number of values.
  fileprivate var weight: Int {
    switch asValue {
    case .object(let object): object.properties.weight
    case .array(let array): 1 + array.dense.weight + array.sparse.count + array.properties.weight
    case .map(let map): 1 + map.storage.flat.weight
    case .set(let set): 1 + set.storage.flat.weight
    case .view(let view): 1 + view.byteLength / 16
    case .arrayBuffer(let buffer): 1 + buffer.byteLength / 16
    default: 1
    }
  }

  /// What this node and all that can be reached from it hold, each counted once.
  fileprivate var weightOfGraph: Int {
    var nodes: ContiguousArray<CloneNode> = [self]
    defer { for node in nodes { node.mark = 0 } }
    mark = 1
    var total = 0
    var next = 0
    while next < nodes.count {
      let node = nodes[next]
      next += 1
      // A view shows what its buffer holds.
      if case .view = node.asValue { total += 1 } else { total += node.weight }
      node.forEachChild { child in
        guard let node = child.node, node.mark == 0 else { return }
        node.mark = 1
        nodes.append(node)
      }
    }
    return total
  }
}

extension CloneValue {
  fileprivate var textWeight: Int {
    if case .string(let text) = self { text.utf16Count / 16 } else { 0 }
  }
}

extension ContiguousArray<CloneValue> {
  fileprivate var weight: Int { reduce(count) { $0 + $1.textWeight } }
}

extension PropertyTable {
  fileprivate var weight: Int {
    (shape?.keys.reduce(1) { $0 + $1.utf16Count / 16 } ?? 1) + values.weight
  }
}
