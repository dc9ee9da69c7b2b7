/// A JavaScript array: elements, holes, and named properties beside them.
///
/// Elements are kept densely up to the last one that is near the others; elements far beyond, as of
/// `a = []; a[4000000000] = 1`, are kept apart, so that a length costs nothing by itself.
public final class CloneArray: CloneNode {
  /// The elements from index 0 on; a hole is `undefined` here and marked in `holes`.
  ///
  /// Its storage is never shared with an array outside of this module (see ``CyclicGraphs``).
  var dense: ContiguousArray<CloneValue>
  /// Which of the dense elements are holes, one bit each; empty when there are none.
  var holes: ContiguousArray<UInt64> = []
  /// Elements at indices beyond the dense ones.
  var sparse: [UInt32: CloneValue] = [:]
  /// The length when it is beyond the dense elements.
  var extendedLength: UInt32 = 0
  var properties = PropertyTable()

  /// Makes an empty array.
  public override init() { dense = [] }

  /// Makes an array of `elements`.
  ///
  /// - Parameter elements: The elements from index 0 on.
  public init(_ elements: [CloneValue]) { dense = elements.withUnsafeBufferPointer { ContiguousArray($0) } }

  deinit {
    if hasNestedContainers { dismantleForDeinit() }
  }

  /// The `length`: one more than the highest index, or what it was set to.
  ///
  /// Setting it to less drops elements; setting it to more adds holes. At most 4294967295.
  public var length: Int {
    get { Swift.max(dense.count, Int(extendedLength)) }
    set {
      let length = UInt32(clamping: newValue)
      extendedLength = length
      sparse = sparse.filter { $0.key < length }
      if length < dense.count {
        dense.removeLast(dense.count - Int(length))
        // Bits beyond the end would make holes of elements that are appended later.
        for index in stride(from: dense.count, to: holes.count * 64, by: 1) { clearHole(index) }
      }
    }
  }

  /// The element at `index`; `undefined` for a hole and outside of the array.
  ///
  /// Setting an element beyond the end leaves holes before it. Negative indices are ignored.
  public subscript(index: Int) -> CloneValue {
    get {
      if index >= 0, index < dense.count { return dense[index] }
      return UInt32(exactly: index).flatMap { sparse[$0] } ?? .undefined
    }
    set { setElement(newValue, at: index) }
  }

  /// The named property `key`, an element for a key like `"0"`, or the `"length"`; else `undefined`.
  public subscript(key: String) -> CloneValue {
    get {
      let name = CloneString(key)
      if let index = name.arrayIndex { return self[Int(index)] }
      return properties.value(for: name) ?? (key == "length" ? .number(Double(length)) : .undefined)
    }
    set {
      let name = CloneString(key)
      if let index = name.arrayIndex {
        self[Int(index)] = newValue
      } else {
        properties.set(newValue, for: name)
      }
    }
  }

  /// Whether there is no element at `index` although it is below the length.
  ///
  /// - Parameter index: The position.
  public func isHole(at index: Int) -> Bool {
    guard index >= 0, index < length else { return false }
    if index < dense.count { return hasHoleBit(index) }
    return sparse[UInt32(index)] == nil
  }

  /// All elements up to the length, holes as `undefined`.
  ///
  /// A length far beyond the elements makes a large array here; look at ``length`` first if it came from
  /// outside.
  public var elements: [CloneValue] {
    if length == dense.count { return dense.withUnsafeBufferPointer { Array($0) } }
    return (0..<length).map { self[$0] }
  }

  /// The named properties, in JavaScript's order.
  public var namedProperties: [(key: CloneString, value: CloneValue)] {
    zip(properties.keys(), properties.values).map { (key: $0, value: $1) }
  }

  /// Adds `value` at the end.
  ///
  /// - Parameter value: The element.
  public func append(_ value: CloneValue) { setElement(value, at: length) }

  /// Whether every element is in the dense part, which is what V8 calls a dense array: its length is no more
  /// than what it holds.
  public var isDense: Bool { sparse.isEmpty && Int(extendedLength) <= dense.count }

  override var asValue: CloneValue { .array(self) }

  override var hasNestedContainers: Bool {
    dense.hasContainers || !sparse.isEmpty || properties.values.hasContainers
  }

  override func surrenderChildren(to pending: inout ContiguousArray<CloneValue>) {
    dense.surrenderContainers(to: &pending)
    for value in sparse.values where value.isContainer { pending.append(value) }
    properties.surrender(to: &pending)
    holes = []
    sparse = [:]
  }

  override func forEachChild(_ body: (CloneValue) -> Void) {
    dense.forEach(body)
    sparse.values.forEach(body)
    properties.values.forEach(body)
  }
}

extension CloneArray {
  /// How far beyond the dense part an element may be and still extend it, as a number of holes.
  private static let largestGap = 1024

  func setElement(_ value: CloneValue, at index: Int) {
    guard index >= 0, index < Int(UInt32.max) else { return }
    if index < dense.count {
      dense[index] = value
      clearHole(index)
    } else if index - dense.count <= Self.largestGap, sparse.isEmpty {
      while dense.count < index { appendHole() }
      dense.append(value)
    } else {
      sparse[UInt32(index)] = value
      extendedLength = Swift.max(extendedLength, UInt32(index) + 1)
    }
  }

  /// Takes over what was read behind the dense elements: the properties, and elements by their numbers.
  ///
  /// Elements go to the dense part only if they fill most of it, since a sender can name a length for free.
  /// Returns false if an element is there already or not below the length.
  func adopt(_ extras: consuming PropertyTable, length: UInt32) -> Bool {
    let numbered = extras.shape?.integerKeyCount ?? 0
    if length > dense.count { extendedLength = length }
    guard numbered > 0, let shape = extras.shape else {
      properties = extras
      return true
    }
    let indices = shape.keys[..<numbered].compactMap { $0.arrayIndex }
    guard dense.isEmpty, let last = indices.last, last < length else { return false }
    if Int(length) <= 2 * numbered {
      for (index, value) in zip(indices, extras.values) {
        while dense.count < index { appendHole() }
        dense.append(value)
      }
    } else {
      sparse = Dictionary(uniqueKeysWithValues: zip(indices, extras.values))
    }
    if let rest = PropertyShape(ordered: ContiguousArray(shape.keys[numbered...])),
      numbered < shape.keys.count
    {
      properties = PropertyTable(shape: rest, values: ContiguousArray(extras.values[numbered...]))
    }
    return true
  }

  func appendHole() {
    markHole(dense.count)
    dense.append(.undefined)
  }

  func markHole(_ index: Int) {
    while holes.count <= index / 64 { holes.append(0) }
    holes[index / 64] |= 1 << UInt64(index % 64)
  }

  private func clearHole(_ index: Int) {
    if index / 64 < holes.count { holes[index / 64] &= ~(1 << UInt64(index % 64)) }
  }

  @inline(__always)
  func hasHoleBit(_ index: Int) -> Bool {
    index / 64 < holes.count && holes[index / 64] >> UInt64(index % 64) & 1 == 1
  }
}
