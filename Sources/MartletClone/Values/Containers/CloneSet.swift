/// A JavaScript `Set`: members in insertion order, compared as in JavaScript (SameValueZero).
public final class CloneSet: CloneNode {
  var storage = CollectionStorage(stride: 1)

  /// Makes an empty set.
  public override init() {}

  /// Makes a set of `members`.
  ///
  /// - Parameter members: The members, in order; duplicates are ignored.
  public init(_ members: [CloneValue]) {
    for member in members { storage.set(member, to: .undefined) }
  }

  deinit {
    if storage.flat.hasContainers { dismantleForDeinit() }
  }

  /// Number of members: JavaScript's `size`.
  public var count: Int { storage.count }

  /// The members, in insertion order.
  public var members: [CloneValue] { storage.flat.withUnsafeBufferPointer { Array($0) } }

  /// Whether `value` is a member.
  ///
  /// - Parameter value: The value to find.
  public func contains(_ value: CloneValue) -> Bool { storage.position(of: value) != nil }

  /// Adds `value` unless it is already a member.
  ///
  /// - Parameter value: The member.
  public func insert(_ value: CloneValue) {
    storage.set(value, to: .undefined)
  }

  /// Removes `value`, if it is a member.
  ///
  /// - Parameter value: The member.
  public func remove(_ value: CloneValue) { _ = storage.remove(value) }

  override var asValue: CloneValue { .set(self) }
  override var hasNestedContainers: Bool { storage.flat.hasContainers }

  override func surrenderChildren(to pending: inout ContiguousArray<CloneValue>) {
    storage.surrender(to: &pending)
  }

  override func forEachChild(_ body: (CloneValue) -> Void) { storage.flat.forEach(body) }
}
