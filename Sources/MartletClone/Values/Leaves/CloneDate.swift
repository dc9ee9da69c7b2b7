/// A JavaScript `Date`: milliseconds since 1970 in UTC, or the invalid date.
public final class CloneDate: CloneNode {
  /// Whole milliseconds since the epoch, at most 8.64e15 either way; NaN for the invalid date.
  public let millisecondsSinceEpoch: Double

  /// Makes a date.
  ///
  /// - Parameter millisecondsSinceEpoch: Fractions are cut off; what is out of range makes the invalid date.
  public init(millisecondsSinceEpoch: Double) {
    let isInRange = millisecondsSinceEpoch.magnitude <= 8.64e15
    self.millisecondsSinceEpoch = isInRange ? Double(Int64(millisecondsSinceEpoch)) : .nan
  }

  /// Whether this is the invalid date.
  public var isInvalid: Bool { millisecondsSinceEpoch.isNaN }

  override var asValue: CloneValue { .date(self) }
}
