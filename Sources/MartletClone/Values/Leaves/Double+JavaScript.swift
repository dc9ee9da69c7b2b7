extension Double {
  /// The number as JavaScript prints it: `1`, `0.5`, `1e+21`, `NaN`; -0 as `0`.
  var javaScriptText: String { withJavaScriptText { String(decoding: $0, as: UTF8.self) } }

  /// Calls `body` with the ASCII bytes of ``javaScriptText``. A renderer may send millions of numbers as
  /// keys: no string is made but the digits.
  func withJavaScriptText<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
    withUnsafeTemporaryAllocation(byteCount: NumberText.longest, alignment: 1) { memory in
      var text = NumberText(in: memory)
      text.add(self)
      return body(text.bytes)
    }
  }
}

/// The text of one number, in memory that is lent.
private struct NumberText {
  /// A sign, `0.00000`, and seventeen digits are the longest.
  static let longest = 32

  private let memory: UnsafeMutableRawBufferPointer
  private var count = 0

  init(in memory: UnsafeMutableRawBufferPointer) { self.memory = memory }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<count]) }

  private mutating func add(_ text: StaticString) {
    text.withUTF8Buffer { for byte in $0 { add(byte) } }
  }

  private mutating func add(_ byte: UInt8) {
    memory[count] = byte
    count += 1
  }

  private mutating func add(_ digits: Slice<UnsafeMutableRawBufferPointer>) {
    for digit in digits { add(digit) }
  }

  private mutating func addZeros(_ zeros: Int) {
    for _ in 0..<zeros { add(UInt8(ascii: "0")) }
  }

  mutating func add(_ number: Double) {
    if number.isNaN { return add("NaN") }
    if number < 0 { add("-") }
    if number.isInfinite { return add("Infinity") }
    if number == 0 { return add("0") }
    // Swift prints the shortest digits that read back, as JavaScript does; only the layout differs.
    var text = number.magnitude.description
    text.withUTF8 { text in
      withUnsafeTemporaryAllocation(byteCount: text.count, alignment: 1) { memory in
        let (count, exponent) = Self.shortestDigits(of: text, to: memory)
        add(memory[..<count], exponent)
      }
    }
  }

  /// Adds 0.digits × 10^exponent.
  private mutating func add(_ digits: Slice<UnsafeMutableRawBufferPointer>, _ exponent: Int) {
    switch exponent {
    case digits.count...21:
      add(digits)
      addZeros(exponent - digits.count)
    case 1..<Swift.max(digits.count, 1):
      add(digits.prefix(exponent))
      add(".")
      add(digits.dropFirst(exponent))
    case -5...0:
      add("0.")
      addZeros(-exponent)
      add(digits)
    default:
      add(digits.prefix(1))
      if digits.count > 1 { add(".") }
      add(digits.dropFirst())
      add(exponent > 0 ? "e+" : "e-")
      var power = String((exponent - 1).magnitude)
      power.withUTF8 { for byte in $0 { add(byte) } }
    }
  }

  /// Decimal digits without zeros at either end, and where the point is: the value is 0.digits × 10^exponent.
  private static func shortestDigits(
    of text: UnsafeBufferPointer<UInt8>, to digits: UnsafeMutableRawBufferPointer
  ) -> (count: Int, exponent: Int) {
    var count = 0
    var exponent = 0
    var isFraction = false
    var place = 0
    while place < text.count, text[place] != UInt8(ascii: "e") {
      let byte = text[place]
      place += 1
      if byte == UInt8(ascii: ".") {
        isFraction = true
        continue
      }
      if !isFraction { exponent += 1 }
      if count == 0, byte == UInt8(ascii: "0") {
        exponent -= 1
      } else {
        digits[count] = byte
        count += 1
      }
    }
    while count > 0, digits[count - 1] == UInt8(ascii: "0") { count -= 1 }
    return (count, exponent + power(text.dropFirst(place + 1)))
  }

  /// The number that a sign and digits say; 0 for none.
  private static func power(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    let digits = text.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    let size = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    return text.first == UInt8(ascii: "-") ? -size : size
  }
}
