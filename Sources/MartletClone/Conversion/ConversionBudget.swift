/// Limits the size of the Swift values that are made from a message with shared objects.
///
/// A shared object travels once, but a Swift array or struct is a copy at each place. Copies of copies grow
/// exponentially: a message of a hundred bytes could keep the app busy for years. A message that refers to
/// each of its objects once cannot grow, and is not counted.
///
/// @unchecked: one conversion uses it, on the stack of its caller.
final class ConversionBudget: @unchecked Sendable {
  @TaskLocal private static var current: ConversionBudget?

  private let root: CloneNode
  private var made = 0
  private var limit = CloneCodec.conversionAllowance
  private var isLimitKnown = false

  private init(root: CloneNode) { self.root = root }

  /// Runs `convert` on `value`, and counts the direct contents of `value`: its elements and keys.
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

  /// Runs `convert`, with one budget for everything it makes of `value`.
  @inline(__always)
  static func scope<T>(
    of value: CloneValue, _ convert: () throws(CloneTypeMismatch) -> T
  ) throws(CloneTypeMismatch) -> T {
    guard let node = value.node, node.mayUnfold else { return try convert() }
    return try scope(node, convert)
  }

  /// Counts one property of `object` that is read, and none of the others.
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

  /// Raises the limit to the one for this message, the first time the allowance is exceeded. Finding it walks
  /// the graph.
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
  /// Converts this value to a `T`, with one budget for the whole conversion.
  package func converted<T: CloneDecodable>(to type: T.Type) throws(CloneTypeMismatch) -> T {
    try ConversionBudget.scope(of: self) { () throws(CloneTypeMismatch) in try T.decode(from: self) }
  }
}

extension CloneCodec {
  /// Number of values that a conversion to Swift types may make from any message: 1,048,576.
  ///
  /// A conversion makes more values than the message has only if objects are shared. It may then make sixteen
  /// times the message's values, up to ``maximumValueCount``, and always twice as many. Beyond that it throws
  /// a ``CloneTypeMismatch``. A parameter of type ``CloneValue`` keeps shared objects shared. Sixteen bytes
  /// of text or of a buffer count as a value.
  public static let conversionAllowance = 1_048_576
}

extension CloneNode {
  /// Size of the Swift value made from this node alone, as a number of values.
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

  /// Size of this node and all nodes reachable from it, each counted once.
  fileprivate var weightOfGraph: Int {
    var nodes: ContiguousArray<CloneNode> = [self]
    defer { for node in nodes { node.mark = 0 } }
    mark = 1
    var total = 0
    var next = 0
    while next < nodes.count {
      let node = nodes[next]
      next += 1
      // The buffer counts the bytes of its views.
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
