extension CloneValue {
  /// Whether two values are the same in structure: equal primitives, the same keys in the same order, the
  /// same bytes, and the same identities, so that what is one object here is one object there.
  ///
  /// NaN equals NaN, and 0 does not equal -0. It is meant for tests; it uses no stack for nesting.
  ///
  /// - Parameter other: The value to compare with.
  public func isEquivalent(to other: CloneValue) -> Bool {
    var comparison = Comparison()
    return comparison.run(self, other)
  }
}

/// Pairs of values that have to be equivalent, and the pairing of nodes found so far.
private struct Comparison {
  private var partner: [ObjectIdentifier: CloneNode] = [:]
  private var reverse: [ObjectIdentifier: CloneNode] = [:]
  private var pending: [(CloneValue, CloneValue)] = []

  mutating func run(_ left: CloneValue, _ right: CloneValue) -> Bool {
    pending.append((left, right))
    while let (left, right) = pending.popLast() {
      if let one = left.node, let other = right.node {
        let known = partner[ObjectIdentifier(one)]
        let knownReverse = reverse[ObjectIdentifier(other)]
        if known != nil || knownReverse != nil {
          guard known === other, knownReverse === one else { return false }
          continue
        }
        partner[ObjectIdentifier(one)] = other
        reverse[ObjectIdentifier(other)] = one
        guard match(left, right) else { return false }
      } else if !Self.matchPrimitives(left, right) {
        return false
      }
    }
    return true
  }

  private static func matchPrimitives(_ left: CloneValue, _ right: CloneValue) -> Bool {
    switch (left, right) {
    case (.undefined, .undefined), (.null, .null): true
    case (.bool(let one), .bool(let other)): one == other
    case (.number(let one), .number(let other)): same(one, other)
    case (.bigInt(let one), .bigInt(let other)): one == other
    case (.string(let one), .string(let other)): one == other
    default: false
    }
  }

  private static func same(_ left: Double, _ right: Double) -> Bool {
    left.isNaN ? right.isNaN : left == right && left.sign == right.sign
  }

  private mutating func match(_ left: CloneValue, _ right: CloneValue) -> Bool {
    switch (left, right) {
    case (.object(let one), .object(let other)):
      return match(one.properties, other.properties)
    case (.array(let one), .array(let other)):
      return match(one, other)
    case (.map(let one), .map(let other)):
      return match(one.storage.flat, other.storage.flat)
    case (.set(let one), .set(let other)):
      return match(one.storage.flat, other.storage.flat)
    case (.date(let one), .date(let other)):
      return Self.same(one.millisecondsSinceEpoch, other.millisecondsSinceEpoch)
    case (.regExp(let one), .regExp(let other)):
      return one.source == other.source && one.flags == other.flags
    case (.boxed(let one), .boxed(let other)):
      return Self.matchPrimitives(one.primitive, other.primitive)
    case (.error(let one), .error(let other)):
      guard one.kind == other.kind, one.message == other.message, one.stack == other.stack,
        (one.cause == nil) == (other.cause == nil)
      else { return false }
      if let cause = one.cause, let otherCause = other.cause { pending.append((cause, otherCause)) }
      return true
    case (.arrayBuffer(let one), .arrayBuffer(let other)):
      return one.bytes == other.bytes && one.maxByteLength == other.maxByteLength
    case (.view(let one), .view(let other)):
      pending.append((.arrayBuffer(one.buffer), .arrayBuffer(other.buffer)))
      return one.kind == other.kind && one.byteOffset == other.byteOffset
        && one.byteLength == other.byteLength
        && one.isLengthTracking == other.isLengthTracking
    default:
      return false
    }
  }

  private mutating func match(
    _ left: ContiguousArray<CloneValue>, _ right: ContiguousArray<CloneValue>
  ) -> Bool {
    guard left.count == right.count else { return false }
    for pair in zip(left, right) { pending.append(pair) }
    return true
  }

  private mutating func match(_ left: PropertyTable, _ right: PropertyTable) -> Bool {
    left.keys() == right.keys() && match(left.values, right.values)
  }

  private mutating func match(_ left: CloneArray, _ right: CloneArray) -> Bool {
    guard left.length == right.length, match(left.properties, right.properties) else { return false }
    let indices = left.presentIndices
    guard indices == right.presentIndices else { return false }
    for index in indices { pending.append((left[index], right[index])) }
    return true
  }
}

extension CloneArray {
  /// The indices that have an element, ascending.
  var presentIndices: [Int] {
    dense.indices.filter { !hasHoleBit($0) } + sparse.keys.sorted().map { Int($0) }
  }
}
