// clone-tool: the Swift codec on stdin and stdout, to check it against Node from outside. Not installed.
//
// It reads buffers in V8's wire format, each behind its length as a 32-bit little-endian number, decodes each
// and encodes it again, and writes the results in the same form. For a buffer that cannot be decoded it
// writes the length 0xFFFFFFFF and then the error's text, behind its length. `--print` prints a line for each
// value instead.

import Glibc
import MartletClone

/// Reads exactly `count` bytes, or fewer at the end of the input.
func read(_ count: Int) -> [UInt8] {
  var bytes: [UInt8] = []
  // In pieces, so that a wrong length does not reserve gigabytes.
  while bytes.count < count {
    let want = min(count - bytes.count, 1 << 20)
    var got = 0
    bytes.append(
      contentsOf: [UInt8](unsafeUninitializedCapacity: want) { buffer, filled in
        got = Glibc.read(STDIN_FILENO, buffer.baseAddress, want)
        filled = max(got, 0)
      })
    if got <= 0 { break }
  }
  return bytes
}

func write(_ bytes: [UInt8]) {
  var sent = 0
  while sent < bytes.count {
    let count = bytes.withUnsafeBytes {
      Glibc.write(STDOUT_FILENO, $0.baseAddress! + sent, bytes.count - sent)
    }
    guard count > 0 else { exit(1) }
    sent += count
  }
}

func littleEndian(_ number: UInt32) -> [UInt8] {
  withUnsafeBytes(of: number.littleEndian) { Array($0) }
}

/// The answer to one buffer.
func answer(_ bytes: [UInt8], printing: Bool) -> [UInt8] {
  do throws(CloneError) {
    var hasCycles = false
    var value = try CloneCodec.decode(bytes.span.bytes, hasCycles: &hasCycles)
    defer { if hasCycles { value.reclaimCycles() } }
    if printing { return Array("\(value)\n".utf8) }
    var result = littleEndian(0)
    try CloneCodec.encode(value, into: &result)
    result.replaceSubrange(0..<4, with: littleEndian(UInt32(result.count - 4)))
    return result
  } catch {
    let text = Array("\(error)".utf8)
    if printing { return Array("error: ".utf8) + text + [10] }
    return littleEndian(.max) + littleEndian(UInt32(text.count)) + text
  }
}

let isPrinting = CommandLine.arguments.dropFirst().contains("--print")
if let unknown = CommandLine.arguments.dropFirst().first(where: { $0 != "--print" }) {
  write(Array("clone-tool: unknown option \(unknown); usage: clone-tool [--print] < buffers\n".utf8))
  exit(2)
}
while true {
  let head = read(4)
  if head.isEmpty { break }
  guard head.count == 4 else { exit(1) }
  let length = Int(head[0]) | Int(head[1]) << 8 | Int(head[2]) << 16 | Int(head[3]) << 24
  let bytes = read(length)
  guard bytes.count == length else { exit(1) }
  write(answer(bytes, printing: isPrinting))
}
