// Swift part of the clone benchmark: encodes and decodes the six payloads of issue 3. Prints one JSON object
// a line.
//
// Each figure is the best of several batches, in nanoseconds per operation. On a shared machine only the best
// figure is repeatable: it is the cost when the machine does nothing else.

import MartletClone

/// Keeps the optimizer from dropping work whose result is unused.
@inline(never) @_optimize(none)
func consume<T>(_ value: T) {}

/// The best time of one call of `body`, in nanoseconds.
func measure(_ body: () -> Void) -> Double {
  let clock = ContinuousClock()
  func time(_ count: Int) -> Double {
    let elapsed = clock.measure { for _ in 0..<count { body() } }
    return Double(elapsed.components.attoseconds) / 1e9 + Double(elapsed.components.seconds) * 1e9
  }
  var count = 1
  while time(count) < 20_000_000, count < 1 << 24 { count *= 2 }
  var best = Double.infinity
  for _ in 0..<12 { best = min(best, time(count) / Double(count)) }
  return best
}

func records(_ count: Int) -> CloneValue {
  .array(
    CloneArray(
      (0..<count).map { index in
        ["id": .number(Double(index)), "text": "item \(index)", "done": .bool(index % 2 == 0)]
      }))
}

/// Repeats `part`, cut to `count` UTF-16 units.
func text(_ part: String, count: Int) -> CloneValue {
  let units = Array(part.utf16)
  return .string(CloneString(utf16: (0..<count).map { units[$0 % units.count] }))
}

// The same payloads as in js/payloads.js.
let payloads: [(String, CloneValue)] = [
  ("small", ["id": 1, "text": "hello"]),
  ("records", records(1000)),
  ("latin1", text("Grüße aus dem Gehäuse, 12345! ", count: 1 << 20)),
  ("utf16", text("κόσμος und Welt; ", count: 1 << 19)),
  ("bytes", .view(CloneArrayBufferView([UInt8](repeating: 7, count: 10 << 20)))),
  ("map", .map(CloneMap((0..<100_000).map { (.string(CloneString("key \($0)")), .number(Double($0))) }))),
]

let only = CommandLine.arguments.dropFirst().first
for (name, value) in payloads where only == nil || only == name {
  guard let bytes = try? CloneCodec.encode(value) else { continue }
  let encode = measure { if let bytes = try? CloneCodec.encode(value) { consume(bytes) } }
  let decode = measure { if let value = try? CloneCodec.decode(bytes) { consume(value) } }
  var buffer: [UInt8] = []
  buffer.reserveCapacity(bytes.count + 16)
  let reused = measure {
    buffer.removeAll(keepingCapacity: true)
    try? CloneCodec.encode(value, into: &buffer)
    consume(buffer)
  }
  print(
    "{\"payload\":\"\(name)\",\"bytes\":\(bytes.count),\"swiftEncode\":\(encode),"
      + "\"swiftEncodeReused\":\(reused),\"swiftDecode\":\(decode)}")
}
// Lower bound for the large payloads: allocating and copying the same number of bytes.
let block = [UInt8](repeating: 1, count: (10 << 20) + 1)
for (name, size) in [("copy1MiB", 1 << 20), ("copy10MiB", 10 << 20)] where only == nil {
  let copy = measure { consume(Array(block[..<size])) }
  print("{\"payload\":\"\(name)\",\"bytes\":\(size),\"copy\":\(copy)}")
}
