/// A JavaScript `Map`: entries in insertion order, with keys of any type.
///
/// Keys compare as in JavaScript (SameValueZero): NaN equals itself, objects equal only themselves.
public final class CloneMap: CloneNode {
  var storage = CollectionStorage(stride: 2)

  /// Makes an empty map.
  public override init() {}

  /// Makes a map of `entries`. Of two equal keys the later one wins.
  ///
  /// - Parameter entries: Keys and values, in order.
  public init(_ entries: [(CloneValue, CloneValue)]) {
    for (key, value) in entries { storage.set(key, to: value) }
  }

  deinit {
    if storage.flat.hasContainers { dismantleForDeinit() }
  }

  /// Number of entries: JavaScript's `size`.
  public var count: Int { storage.count }

  /// The entries, in insertion order.
  public var entries: [(key: CloneValue, value: CloneValue)] {
    (0..<count).map { (key: storage.flat[2 * $0], value: storage.flat[2 * $0 + 1]) }
  }

  /// The value for `key`, or nil if there is none. Setting nil removes the entry.
  public subscript(key: CloneValue) -> CloneValue? {
    get { storage.position(of: key).map { storage.value(at: $0) } }
    set {
      if let newValue { storage.set(key, to: newValue) } else { _ = storage.remove(key) }
    }
  }

  override var asValue: CloneValue { .map(self) }
  override var hasNestedContainers: Bool { storage.flat.hasContainers }

  override func surrenderChildren(to pending: inout ContiguousArray<CloneValue>) {
    storage.surrender(to: &pending)
  }

  override func forEachChild(_ body: (CloneValue) -> Void) { storage.flat.forEach(body) }
}
