/// Named properties in JavaScript's order, of an object or of an array beside its elements.
struct PropertyTable {
  /// The keys; nil when there are none.
  var shape: PropertyShape?
  /// The values, at the positions of their keys.
  var values: ContiguousArray<CloneValue> = []

  init() {}

  init(shape: PropertyShape, values: consuming ContiguousArray<CloneValue>) {
    self.shape = shape
    self.values = values
  }

  /// Makes a table of keys in any order, sorted into JavaScript's order. Returns nil if a key occurs twice.
  init?(unordered keys: ContiguousArray<CloneString>, values: ContiguousArray<CloneValue>) {
    var integers: [(number: UInt32, position: Int)] = []
    var others: [Int] = []
    for (position, key) in keys.enumerated() {
      if let number = key.arrayIndex { integers.append((number, position)) } else { others.append(position) }
    }
    integers.sort { $0.number < $1.number }
    let order = integers.map { $0.position } + others
    guard let shape = PropertyShape(ordered: ContiguousArray(order.map { keys[$0] })) else { return nil }
    self.shape = shape
    self.values = ContiguousArray(order.map { values[$0] })
  }

  var count: Int { values.count }

  func keys() -> [CloneString] { shape.map { Array($0.keys) } ?? [] }

  func value(for key: CloneString) -> CloneValue? {
    guard let shape, let position = shape.position(of: key) else { return nil }
    return values[position]
  }

  mutating func set(_ value: CloneValue, for key: CloneString) {
    if let position = shape?.position(of: key) {
      values[position] = value
      return
    }
    if shape == nil {
      shape = PropertyShape()
    } else if !isKnownUniquelyReferenced(&shape) {
      shape = shape?.copy()
    }
    guard let position = shape?.add(key) else { return }
    values.insert(value, at: position)
  }

  mutating func remove(_ key: CloneString) -> CloneValue? {
    guard let position = shape?.position(of: key) else { return nil }
    if !isKnownUniquelyReferenced(&shape) { shape = shape?.copy() }
    shape?.remove(at: position)
    return values.remove(at: position)
  }

  /// Moves the values that are containers to `pending` and drops the others.
  mutating func surrender(to pending: inout ContiguousArray<CloneValue>) {
    values.surrenderContainers(to: &pending)
    shape = nil
  }
}

extension ContiguousArray<CloneValue> {
  var hasContainers: Bool {
    for value in self where value.isContainer { return true }
    return false
  }

  mutating func surrenderContainers(to pending: inout ContiguousArray<CloneValue>) {
    if pending.isEmpty {
      swap(&self, &pending)
      return
    }
    for value in self where value.isContainer { pending.append(value) }
    self = []
  }
}
