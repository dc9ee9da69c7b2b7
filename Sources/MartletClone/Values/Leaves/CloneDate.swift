/// A JavaScript `Date`: milliseconds since 1970 in UTC, or the invalid date.
public final class CloneDate: CloneNode {
  /// Whole milliseconds since the epoch, at most ±8.64e15; NaN for the invalid date.
  public let millisecondsSinceEpoch: Double

  /// Makes a date.
  ///
  /// - Parameter millisecondsSinceEpoch: Time in milliseconds. Fractions are dropped; a value out of range
  ///   makes the invalid date.
  public init(millisecondsSinceEpoch: Double) {
    let isInRange = millisecondsSinceEpoch.magnitude <= 8.64e15
    self.millisecondsSinceEpoch = isInRange ? Double(Int64(millisecondsSinceEpoch)) : .nan
  }

  /// Whether this is the invalid date.
  public var isInvalid: Bool { millisecondsSinceEpoch.isNaN }

  override var asValue: CloneValue { .date(self) }
}
