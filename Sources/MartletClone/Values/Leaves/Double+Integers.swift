// `Int32(exactly:)` and `rounded(.towardZero)` call libm's `trunc`, which the standard library alone does not
// link and which is a function call on the hottest path. A conversion and a comparison say the same.

extension Double {
  /// This number if it is a whole number of 32 bits and not -0, which a whole number cannot tell from 0.
  @inline(__always)
  var asInt32: Int32? {
    guard magnitude < 0x1p31 else { return nil }
    let whole = Int32(self)
    return Double(whole) == self && (whole != 0 || sign == .plus) ? whole : nil
  }

  /// This number as an integer of another type, or nil where it has a fraction or does not fit.
  func exactly<Integer: FixedWidthInteger>(_ type: Integer.Type) -> Integer? {
    if self >= -0x1p63, self < 0x1p63 {
      let whole = Int64(self)
      return Double(whole) == self ? Integer(exactly: whole) : nil
    }
    return self >= 0x1p63 && self < 0x1p64 ? Integer(exactly: UInt64(self)) : nil
  }
}
