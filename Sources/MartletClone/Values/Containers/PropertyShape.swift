/// The keys of an object, in JavaScript's order: integer-like keys ascending, then the others as they came.
///
/// Objects that were decoded from the same keys share one shape, as the hidden classes of a JavaScript engine
/// are shared: a list of a thousand records holds its keys once. A shape is changed only while one object
/// alone has it.
final class PropertyShape {
  /// From this many keys on, a table finds them; below, comparing one by one is faster.
  static let indexThreshold = 8

  private(set) var keys: ContiguousArray<CloneString>
  /// How many of the first keys are integer-like.
  private(set) var integerKeyCount: Int
  /// Where each key is; only for keys that are not integer-like, and only in large shapes.
  private var positions: [CloneString: Int]?

  private init(keys: ContiguousArray<CloneString>, integerKeyCount: Int, positions: [CloneString: Int]?) {
    self.keys = keys
    self.integerKeyCount = integerKeyCount
    self.positions = positions
  }

  convenience init() {
    self.init(keys: [], integerKeyCount: 0, positions: nil)
  }

  func copy() -> PropertyShape {
    PropertyShape(keys: keys, integerKeyCount: integerKeyCount, positions: positions)
  }

  /// Makes the shape of keys that are already in order, or returns nil if one of them occurs twice or they
  /// are not in order.
  init?(ordered keys: ContiguousArray<CloneString>) {
    var integers = 0
    var last: UInt32?
    while integers < keys.count, let number = keys[integers].arrayIndex {
      if let last, number <= last { return nil }
      last = number
      integers += 1
    }
    self.keys = keys
    integerKeyCount = integers
    if keys.count - integers > Self.indexThreshold {
      var positions = [CloneString: Int](minimumCapacity: keys.count - integers)
      for position in integers..<keys.count {
        if keys[position].arrayIndex != nil { return nil }
        if positions.updateValue(position, forKey: keys[position]) != nil { return nil }
      }
      self.positions = positions
    } else {
      for position in integers..<keys.count {
        if keys[position].arrayIndex != nil { return nil }
        for earlier in integers..<position where keys[earlier] == keys[position] { return nil }
      }
    }
  }

  /// Where `key` is.
  func position(of key: CloneString) -> Int? {
    if integerKeyCount > 0, let number = key.arrayIndex {
      let position = integerPosition(of: number)
      return position < integerKeyCount && keys[position] == key ? position : nil
    }
    if let positions { return positions[key] }
    for position in integerKeyCount..<keys.count where keys[position] == key { return position }
    return nil
  }

  /// Adds a key that is not there yet, and says where.
  func add(_ key: CloneString) -> Int {
    let position: Int
    if let number = key.arrayIndex {
      position = integerPosition(of: number)
      integerKeyCount += 1
    } else {
      position = keys.count
    }
    keys.insert(key, at: position)
    if position == keys.count - 1, positions != nil, position >= integerKeyCount {
      positions?[key] = position
    } else {
      rebuildPositions()
    }
    return position
  }

  /// Removes the key at `position`.
  func remove(at position: Int) {
    keys.remove(at: position)
    if position < integerKeyCount { integerKeyCount -= 1 }
    rebuildPositions()
  }

  /// The first position among the integer-like keys whose number is not below `number`.
  private func integerPosition(of number: UInt32) -> Int {
    var low = 0
    var high = integerKeyCount
    // Appending in ascending order is the usual case.
    if high > 0, let last = keys[high - 1].arrayIndex, last < number { return high }
    while low < high {
      let middle = (low + high) / 2
      if let here = keys[middle].arrayIndex, here < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func rebuildPositions() {
    guard keys.count - integerKeyCount > Self.indexThreshold else {
      positions = nil
      return
    }
    var rebuilt = [CloneString: Int](minimumCapacity: keys.count - integerKeyCount)
    for position in integerKeyCount..<keys.count { rebuilt[keys[position]] = position }
    positions = rebuilt
  }
}

extension CloneString {
  /// The number this key stands for if JavaScript treats it as an array index: "0" to "4294967294" without
  /// leading zeros.
  var arrayIndex: UInt32? {
    guard case .small(let low, let high) = storage else { return nil }
    let count = Int(high >> 56)
    guard count > 0, count <= 10, UInt8(truncatingIfNeeded: low) &- 0x30 < 10 else { return nil }
    return withUnsafeBytes(of: (low, high)) { bytes in
      if bytes[0] == 0x30 { return count == 1 ? 0 : nil }
      var number: UInt64 = 0
      for index in 0..<count {
        let digit = bytes[index] &- 0x30
        if digit > 9 { return nil }
        number = number * 10 + UInt64(digit)
      }
      return number < UInt64(UInt32.max) ? UInt32(number) : nil
    }
  }

  /// The key that stands for a whole number, of which the largest is no array index.
  init(arrayIndexOrText number: UInt32) {
    self = number == .max ? CloneString(String(number)) : CloneString(arrayIndex: number)
  }

  /// The key that stands for an array index.
  init(arrayIndex: UInt32) {
    self = withUnsafeTemporaryAllocation(byteCount: 16, alignment: 8) { scratch in
      var rest = arrayIndex
      var start = 10
      repeat {
        start -= 1
        scratch[start] = UInt8(truncatingIfNeeded: rest % 10) + 0x30
        rest /= 10
      } while rest > 0
      return CloneString(small: UnsafeRawBufferPointer(rebasing: scratch[start..<10]))
    }
  }
}
