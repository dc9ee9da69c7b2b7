import MartletClone
import Testing

@Suite("Graphs with cycles")
struct CycleTests {
  static let cyclic = wire("o\"\\x04self^\\x00\"\\x04listA\\x01^\\x00$\\x00\\x01{\\x02")

  @Test
  func `A shared value alone is not a cycle`() throws {
    var hasCycles = false
    _ = try CloneCodec.decode(wire("A\\x02o{\\x00^\\x01$\\x00\\x02").span.bytes, hasCycles: &hasCycles)
    #expect(!hasCycles)
  }

  @Test
  func `Graphs with cycles are freed when no part of them is held`() throws {
    var hasCycles = false
    var value = try CloneCodec.decode(Self.cyclic.span.bytes, hasCycles: &hasCycles)
    #expect(hasCycles)
    weak var node: CloneNode?
    weak var list: CloneNode?
    node = value.node
    list = value["list"].node
    #expect(node != nil && list != nil)
    let isFreed = value.reclaimCycles()
    #expect(isFreed)
    #expect(value.isUndefined)
    #expect(node == nil && list == nil)
  }

  @Test
  func `Graphs with cycles stay whole when a handler has kept a part`() throws {
    var value = try CloneCodec.decode(Self.cyclic)
    let kept = value["list"]
    let isFreed = value.reclaimCycles()
    #expect(!isFreed)
    #expect(kept[0]["self"].node === kept[0].node)
    #expect(kept[0]["list"].node === kept.node)
    weak var node: CloneNode?
    node = kept.node
    kept.dismantle()
    #expect(node != nil)
    #expect(kept[0].isUndefined)
  }

  @Test
  func `Graphs with cycles leave nothing behind when decoding fails after them`() throws {
    #expect(failure(wire("A\\x02o\"\\x04self^\\x01{\\x01%"))?.code == .cloneBadTag)
  }
}
