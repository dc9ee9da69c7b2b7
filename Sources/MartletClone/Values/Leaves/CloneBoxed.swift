/// A `Boolean`, `Number`, `BigInt` or `String` object: a primitive with identity.
public final class CloneBoxed: CloneNode {
  /// The primitive inside: a boolean, number, bigint or string.
  public let primitive: CloneValue

  /// Boxes a boolean.
  public init(_ value: Bool) { primitive = .bool(value) }
  /// Boxes a number.
  public init(_ value: Double) { primitive = .number(value) }
  /// Boxes a bigint.
  public init(_ value: CloneBigInt) { primitive = .bigInt(value) }
  /// Boxes a string.
  public init(_ value: CloneString) { primitive = .string(value) }

  override var asValue: CloneValue { .boxed(self) }
}
