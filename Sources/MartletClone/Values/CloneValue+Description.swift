extension CloneValue: CustomStringConvertible {
  /// The value as a JavaScript console prints it: `{ id: 1, text: 'hello' }`, `Map(1) { 'a' => [ 1, 2 ] }`.
  ///
  /// Everything is on one line. An object that contains itself prints `[Circular]` there; past eight levels
  /// objects print as `[Object]`, past a hundred members the rest is counted, and long strings and bytes are
  /// cut. After 16,384 characters an ellipsis ends it: a small message whose objects are shared could print
  /// without end.
  public var description: String {
    var printer = Printer()
    printer.write(self, depth: 0)
    return printer.output
  }
}

private struct Printer {
  private static let deepest = 8
  private static let most = 100
  private static let longest = 16_384
  private(set) var output = ""
  /// How many characters there may still be.
  private var room = Printer.longest
  /// Whether there was no room for something: nothing is written after that.
  private var isFull = false
  /// The nodes being printed, from the outside in.
  private var open: [CloneNode] = []
  /// The first indices of sparse arrays, in order: sorting them each time that one is printed would have no
  /// bound.
  private var sparseIndices: [ObjectIdentifier: [Int]] = [:]

  private mutating func write(_ text: String) {
    if isFull { return }
    let count = text.unicodeScalars.count
    if count <= room {
      output += text
      room -= count
    } else {
      output += text.beginning(room) + "…"
      isFull = true
    }
  }

  mutating func write(_ value: CloneValue, depth: Int) {
    if isFull { return }
    switch value {
    case .bool(let bool): write(String(bool))
    case .undefined, .null, .number: write(value.primitiveText)
    case .bigInt(let number): write(number)
    case .string(let string): write(string.quoted)
    case .date(let date): write(date.isInvalid ? "Invalid Date" : date.isoText)
    case .regExp(let regExp): write("/\(String(regExp.source.prefix(Self.longest)))/\(regExp.flags.text)")
    case .boxed(let boxed):
      write("[\(boxed.constructorName.split(separator: " ").first ?? ""): ")
      write(boxed.primitive, depth: depth)
      write("]")
    case .arrayBuffer(let buffer):
      write("ArrayBuffer { [Uint8Contents]: <")
      write(hexOf: buffer)
      write(">, byteLength: \(buffer.byteLength) }")
    default: write(container: value, depth: depth)
    }
  }

  private mutating func write(_ number: CloneBigInt) {
    // Digits of more than fit need not be made.
    let isLong = number.words.count * 16 > Self.longest
    write(isLong ? "[BigInt: \(number.words.count * 64) bits]" : "\(number)n")
  }

  private mutating func write(container value: CloneValue, depth: Int) {
    guard let node = value.node else { return }
    if open.contains(where: { $0 === node }) { return write("[Circular]") }
    if depth > Self.deepest { return write("[\(value.shortName)]") }
    open.append(node)
    defer { open.removeLast() }
    switch value {
    case .object(let object):
      list("", "{", "}", count: object.count) { $0.write(member: $1, of: object.properties, depth: depth) }
    case .array(let array):
      write(array, depth: depth)
    case .map(let map):
      list("Map(\(map.count)) ", "{", "}", count: map.count) { printer, index in
        printer.write(map.storage.flat[2 * index], depth: depth + 1)
        printer.write(" => ")
        printer.write(map.storage.flat[2 * index + 1], depth: depth + 1)
      }
    case .set(let set):
      list("Set(\(set.count)) ", "{", "}", count: set.count) {
        $0.write(set.storage.flat[$1], depth: depth + 1)
      }
    case .error(let error):
      write(error, depth: depth)
    case .view(let view):
      write(view, depth: depth)
    default:
      break
    }
  }

  /// Writes up to a hundred members between brackets, and how many more there are.
  private mutating func list(
    _ name: String, _ begin: String, _ end: String, count: Int, member: (inout Printer, Int) -> Void
  ) {
    if count == 0 { return write(name + begin + end) }
    write(name + begin)
    for index in 0..<min(count, Self.most) where !isFull {
      write(index == 0 ? " " : ", ")
      member(&self, index)
    }
    if count > Self.most { write(", … \(count - Self.most) more") }
    write(" " + end)
  }

  private mutating func write(member index: Int, of table: PropertyTable, depth: Int) {
    guard let shape = table.shape else { return }
    write("\(shape.keys[index].asKey): ")
    write(table.values[index], depth: depth + 1)
  }

  private mutating func write(_ array: CloneArray, depth: Int) {
    if array.length == 0, array.properties.count == 0 { return write("[]") }
    write("[")
    var separator = " "
    var index = 0
    var shown = 0
    while index < array.length, !isFull {
      write(separator)
      separator = ", "
      if shown == Self.most {
        write("… \(array.length - index) more")
        break
      }
      let present = nextIndex(in: array, from: index)
      if present > index {
        write("<\(present - index) empty item\(present - index == 1 ? "" : "s")>")
        index = present
      } else {
        write(array[index], depth: depth + 1)
        index += 1
      }
      shown += 1
    }
    for member in 0..<min(array.properties.count, Self.most) where !isFull {
      write(separator)
      separator = ", "
      write(member: member, of: array.properties, depth: depth)
    }
    if array.properties.count > Self.most { write(", … \(array.properties.count - Self.most) more") }
    write(" ]")
  }

  /// The first index from `start` on that has an element, or the length.
  private mutating func nextIndex(in array: CloneArray, from start: Int) -> Int {
    if let dense = array.denseIndex(from: start) { return dense }
    if array.sparse.isEmpty { return array.length }
    let node = ObjectIdentifier(array)
    let indices =
      sparseIndices[node] ?? array.sparse.keys.sorted().prefix(Self.most + 1).map { Int($0) }
    sparseIndices[node] = indices
    return indices.first { $0 >= start } ?? array.length
  }

  private mutating func write(_ error: CloneErrorObject, depth: Int) {
    let message = error.message.map { String($0.prefix(Self.longest)) } ?? ""
    write("[\(error.kind.name)\(message.isEmpty ? "" : ": ")\(message)]")
    guard let cause = error.cause else { return }
    write(" { [cause]: ")
    write(cause, depth: depth + 1)
    write(" }")
  }

  private mutating func write(_ view: CloneArrayBufferView, depth: Int) {
    if view.kind == .dataView { return write("DataView { byteLength: \(view.byteLength) }") }
    // What is not shown need not be read out of the memory that it came in.
    let shown = view.beginning(Self.most)
    list("\(view.kind.name)(\(view.count)) ", "[", "]", count: view.count) {
      $0.write(shown.element(at: $1) ?? .undefined, depth: depth)
    }
  }

  private mutating func write(hexOf buffer: CloneArrayBuffer) {
    let most = 50
    let bytes = buffer.contents.bytes(in: 0..<min(buffer.byteLength, most))
    write(bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " "))
    if buffer.byteLength > most { write(" … \(buffer.byteLength - most) more") }
  }
}

extension CloneArray {
  /// The first index from `start` on that is in the dense part and no hole.
  fileprivate func denseIndex(from start: Int) -> Int? {
    var index = start
    while index < dense.count {
      let word = index / 64
      guard word < holes.count else { return index }
      // The elements from `index` on, one bit each: a run of holes is passed word by word.
      let present = ~holes[word] >> UInt64(index % 64)
      if present != 0 {
        let found = index + present.trailingZeroBitCount
        return found < dense.count ? found : nil
      }
      index = (word + 1) * 64
    }
    return nil
  }
}

extension CloneArrayBufferView {
  /// A view of its first elements alone.
  fileprivate func beginning(_ limit: Int) -> CloneArrayBufferView {
    let length = min(count, limit) * kind.elementSize
    guard length > 0 else { return self }
    let bytes = buffer.contents.bytes(in: byteOffset..<(byteOffset + length))
    return CloneArrayBufferView(kind, of: CloneArrayBuffer(bytes)) ?? self
  }
}

extension CloneValue {
  fileprivate var primitiveText: String {
    switch self {
    case .null: "null"
    case .number(let number): number == 0 && number.sign == .minus ? "-0" : number.javaScriptText
    default: "undefined"
    }
  }

  fileprivate var shortName: String {
    switch self {
    case .object: "Object"
    case .array: "Array"
    default: shortDescription
    }
  }
}

extension CloneString {
  /// The string in single quotes, or in others if that saves escaping.
  fileprivate var quoted: String {
    let limit = 10_000
    let text = String(prefix(limit))
    let rest = utf16Count > limit ? "… \(utf16Count - limit) more characters" : ""
    let quotes: [Character] = ["'", "\"", "`"]
    let quote = quotes.first { !text.contains($0) } ?? "'"
    var result = String(quote)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\\": result += "\\\\"
      case "'" where quote == "'": result += "\\'"
      case "\u{0}"..."\u{1F}", "\u{7F}":
        result += "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16, uppercase: true)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + String(quote) + rest
  }

  /// The string as an object's key: bare where a name may stand.
  fileprivate var asKey: String {
    if utf16Count > CloneTypeMismatch.longestKey { return quoted }
    let text = String(self)
    let isName = text.unicodeScalars.allSatisfy {
      $0 == "_" || $0 == "$" || $0.properties.isAlphabetic || ("0"..."9").contains($0)
    }
    let startsWithDigit = text.unicodeScalars.first.map { ("0"..."9").contains($0) } ?? true
    return isName && (!startsWithDigit || arrayIndex != nil) ? text : quoted
  }
}
