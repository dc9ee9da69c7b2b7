/// Cache of the shapes of objects read so far in this message, looked up by their first key.
///
/// A list of records repeats the same keys. The decoder guesses that an object has the shape of an earlier
/// one with the same first key; reading the keys is then only a comparison of bytes.
struct ShapeCache {
  /// A shape with a copy of its keys: reading them from the shape costs an exclusivity check for each key.
  struct Guess {
    let shape: PropertyShape
    let keys: ContiguousArray<CloneString>
  }

  private var slots: InlineArray<8, Guess?> = .init(repeating: nil)

  /// Guesses the shape of the object whose keys are next.
  @inline(__always)
  func guess(_ reader: Reader) -> Guess? {
    guard let slot = Self.slot(reader.firstKey) else { return nil }
    return slots[slot]
  }

  /// Stores the shape of an object that had no guessed shape.
  mutating func remember(_ shape: PropertyShape) {
    guard let first = shape.keys.first, case .small(let low, let high) = first.storage, high >> 56 > 0 else {
      return
    }
    slots[Self.hash(UInt8(truncatingIfNeeded: low), UInt8(truncatingIfNeeded: high >> 56))] =
      Guess(shape: shape, keys: shape.keys)
  }

  @inline(__always)
  private static func slot(_ key: (first: UInt8, length: UInt8)?) -> Int? {
    guard let key else { return nil }
    return hash(key.first, key.length)
  }

  @inline(__always)
  private static func hash(_ first: UInt8, _ length: UInt8) -> Int { Int(first &+ length &* 3) & 7 }
}

extension Reader {
  /// First character and length of the next key, if it is a short string.
  @inline(__always)
  var firstKey: (first: UInt8, length: UInt8)? {
    guard let head = peekThree(), head.0 == Tag.latin1String, head.1 > 0, head.1 <= 15 else { return nil }
    return (head.2, head.1)
  }
}
