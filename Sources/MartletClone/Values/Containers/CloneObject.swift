/// A plain JavaScript object: string keys in JavaScript's order, each with a value.
///
/// Integer-like keys come first, in ascending order; the others follow in insertion order. Setting a property
/// to `.undefined` keeps the key, as in JavaScript; ``removeValue(forKey:)`` removes it.
public final class CloneObject: CloneNode {
  var properties: PropertyTable

  /// Makes an empty object.
  public override init() {
    properties = PropertyTable()
  }

  /// Makes an object with the properties of `elements`. Of two equal keys the later one wins.
  ///
  /// - Parameter elements: Keys and values, in order.
  public convenience init(_ elements: [(String, CloneValue)]) {
    self.init()
    for (key, value) in elements { self[key] = value }
  }

  deinit {
    if properties.values.hasContainers { dismantleForDeinit() }
  }

  /// Number of properties.
  public var count: Int { properties.count }

  /// The keys, in JavaScript's order.
  public var keys: [String] { properties.keys().map { String($0) } }

  /// The keys and values, in JavaScript's order.
  public var entries: [(key: CloneString, value: CloneValue)] {
    zip(properties.keys(), properties.values).map { (key: $0, value: $1) }
  }

  /// The property `key`; `undefined` if it does not exist.
  public subscript(key: String) -> CloneValue {
    get { properties.value(for: CloneString(key)) ?? .undefined }
    set { properties.set(newValue, for: CloneString(key)) }
  }

  /// The value of the property `key`, or nil if it does not exist.
  ///
  /// - Parameter key: The key. Unlike a Swift string it may contain lone surrogates.
  public func value(forKey key: CloneString) -> CloneValue? { properties.value(for: key) }

  /// Sets the property `key`.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - key: The key. Unlike a Swift string it may contain lone surrogates.
  public func setValue(_ value: CloneValue, forKey key: CloneString) { properties.set(value, for: key) }

  /// Removes the property `key` and returns its value, or nil if it did not exist.
  ///
  /// - Parameter key: The key.
  @discardableResult
  public func removeValue(forKey key: String) -> CloneValue? { properties.remove(CloneString(key)) }

  override var asValue: CloneValue { .object(self) }
  override var hasNestedContainers: Bool { properties.values.hasContainers }

  override func surrenderChildren(to pending: inout ContiguousArray<CloneValue>) {
    properties.surrender(to: &pending)
  }

  override func forEachChild(_ body: (CloneValue) -> Void) { properties.values.forEach(body) }
}
