// libFuzzer target for the decoder: any bytes at all. Built and run by `Tests/Fuzz/run`.
//
// A value that decodes must encode, decode again to an equivalent value, and print. An input that does not
// decode must give an error with an offset inside the input. The address sanitizer reports leaks, too.

import MartletClone

/// Compiled together with the sources rather than linked, so that the decoder itself is instrumented.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = UnsafeRawBufferPointer(start: start, count: count)
  var hasCycles = false
  do throws(CloneError) {
    var value = try CloneCodec.decode(RawSpan(_unsafeBytes: bytes), hasCycles: &hasCycles)
    let again = try CloneCodec.encode(value)
    var second = try CloneCodec.decode(again)
    // Skipped in large graphs, where comparing is most of the time of a run.
    if count < 4096 {
      precondition(value.isEquivalent(to: second), "another value after a round trip")
      let third = try CloneCodec.encode(second)
      precondition(third == again, "other bytes after a round trip")
      precondition(!"\(value)".isEmpty)
      _ = try? [String: CloneValue].decode(from: value)
      _ = try? [UInt8].decode(from: value)
      _ = try? Tree.decode(from: value)
    }
    if hasCycles {
      precondition(value.reclaimCycles(), "somebody holds the graph")
      var graphs = CyclicGraphs()
      graphs.add(second)
      second = .undefined
      graphs.sweep()
      precondition(graphs.isEmpty, "somebody holds the graph")
    }
  } catch {
    precondition(error.offset.map { $0 >= 0 && $0 <= count } ?? false, "an error without a place: \(error)")
  }
  return 0
}

/// A recursive type, which a message can drive as deep as it likes.
struct Tree: Codable, CloneCodable {
  var id: Int?
  var text: String?
  var children: [Tree]?
}
