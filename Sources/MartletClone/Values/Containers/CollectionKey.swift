/// A value as `Map` and `Set` compare them: SameValueZero. NaN equals itself, 0 equals -0, objects are equal
/// only to themselves.
struct CollectionKey: Hashable {
  let value: CloneValue

  init(_ value: CloneValue) { self.value = value }

  static func == (left: CollectionKey, right: CollectionKey) -> Bool {
    switch (left.value, right.value) {
    case (.undefined, .undefined), (.null, .null): true
    case (.bool(let one), .bool(let other)): one == other
    case (.number(let one), .number(let other)): one == other || (one.isNaN && other.isNaN)
    case (.bigInt(let one), .bigInt(let other)): one == other
    case (.string(let one), .string(let other)): one == other
    default:
      if let one = left.value.node, let other = right.value.node { one === other } else { false }
    }
  }

  func hash(into hasher: inout Hasher) {
    switch value {
    case .undefined: hasher.combine(0)
    case .null: hasher.combine(1)
    case .bool(let bool): hasher.combine(bool)
    case .number(let number): hasher.combine(number.isNaN ? Double.nan.bitPattern : (number + 0).bitPattern)
    case .bigInt(let number): hasher.combine(number)
    case .string(let string): string.hash(into: &hasher)
    default: if let node = value.node { hasher.combine(ObjectIdentifier(node)) }
    }
  }
}
