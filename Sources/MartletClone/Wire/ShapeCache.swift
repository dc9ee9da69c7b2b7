/// The shapes of the objects read so far in this message, found again by their first key.
///
/// A list of records has the same keys over and over. Guessing that an object has the shape of an earlier one
/// with the same first key turns reading its keys into comparing bytes.
struct ShapeCache {
  /// A shape, and its keys beside it: reading them from the shape would cost a check of exclusive access a
  /// key.
  struct Guess {
    let shape: PropertyShape
    let keys: ContiguousArray<CloneString>
  }

  private var slots: InlineArray<8, Guess?> = .init(repeating: nil)

  /// The shape that the object whose keys are next may have.
  @inline(__always)
  func guess(_ reader: Reader) -> Guess? {
    guard let slot = Self.slot(reader.firstKey) else { return nil }
    return slots[slot]
  }

  /// Notes the shape of an object that had no guessed one.
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
  /// The first character and the length of the string key that is next, if it is a short one.
  @inline(__always)
  var firstKey: (first: UInt8, length: UInt8)? {
    guard let head = peekThree(), head.0 == Tag.latin1String, head.1 > 0, head.1 <= 15 else { return nil }
    return (head.2, head.1)
  }
}
