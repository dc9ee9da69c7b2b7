extension Double {
  /// The number as JavaScript prints it: `1`, `0.5`, `1e+21`, `NaN`; -0 as `0`.
  var javaScriptText: String {
    if isNaN { return "NaN" }
    if isInfinite { return self < 0 ? "-Infinity" : "Infinity" }
    if self == 0 { return "0" }
    // Swift prints the shortest digits that read back, as JavaScript does; only the layout differs.
    let (digits, exponent) = magnitude.shortestDigits
    let count = digits.count
    let sign = self < 0 ? "-" : ""
    switch exponent {
    case count...21:
      return sign + digits + String(repeating: "0", count: exponent - count)
    case 1..<Swift.max(count, 1):
      return sign + digits.prefix(exponent) + "." + digits.dropFirst(exponent)
    case -5...0:
      return sign + "0." + String(repeating: "0", count: -exponent) + digits
    default:
      let power = exponent - 1
      let fraction = count > 1 ? "." + digits.dropFirst() : ""
      return sign + digits.prefix(1) + fraction + "e" + (power < 0 ? "-" : "+") + String(power.magnitude)
    }
  }

  /// Decimal digits without zeros at either end, and where the point is: the value is 0.digits × 10^exponent.
  private var shortestDigits: (digits: String, exponent: Int) {
    let text = description
    let parts = text.split(separator: "e")
    var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    var digits = String(mantissa[0])
    exponent += digits.count
    if mantissa.count > 1 { digits += mantissa[1] }
    let leading = digits.prefix { $0 == "0" }.count
    digits.removeFirst(leading)
    exponent -= leading
    while digits.last == "0" { digits.removeLast() }
    return (digits, exponent)
  }
}
