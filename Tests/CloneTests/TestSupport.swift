import MartletClone

/// The bytes of a value behind a header, written as text, with `\xNN` for bytes that are not letters.
func wire(_ text: String) -> [UInt8] { [0xFF, 0x0F] + raw(text) }

/// Bytes written as text, with `\xNN` for bytes that are not letters.
func raw(_ text: String) -> [UInt8] {
  var bytes: [UInt8] = []
  var rest = Array(text.utf8)[...]
  while let first = rest.popFirst() {
    if first == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "x") {
      let digits = String(decoding: rest.dropFirst().prefix(2), as: UTF8.self)
      bytes.append(UInt8(digits, radix: 16)!)
      rest = rest.dropFirst(3)
    } else {
      bytes.append(first)
    }
  }
  return bytes
}

func varint(_ number: Int) -> [UInt8] {
  var bytes: [UInt8] = []
  var rest = number
  while rest >= 0x80 {
    bytes.append(UInt8(rest & 0x7F) | 0x80)
    rest >>= 7
  }
  return bytes + [UInt8(rest)]
}

/// The value after one trip through bytes.
func roundTrip(_ value: CloneValue) throws -> CloneValue { try CloneCodec.decode(CloneCodec.encode(value)) }

/// The error that decoding `bytes` throws.
func failure(_ bytes: [UInt8]) -> CloneError? {
  failure { () throws(CloneError) in _ = try CloneCodec.decode(bytes) }
}

/// The error that `body` throws.
func failure<T>(_ body: () throws(CloneError) -> T) -> CloneError? {
  do {
    _ = try body()
    return nil
  } catch {
    return error
  }
}

/// A value nested in this many arrays.
func nested(_ depth: Int, around value: CloneValue = 1) -> CloneValue {
  var value = value
  for _ in 0..<depth { value = [value] }
  return value
}
