import MartletClone
import Testing

@Suite("A sweep of cycles in use")
struct CyclicLookTests {
  /// A list of this many objects that contains itself.
  private func large(_ count: Int) -> CloneValue {
    let list = CloneArray((0..<count).map { _ in .object(CloneObject()) })
    list.append(.array(list))
    return .array(list)
  }

  @Test
  func `A sweep of cycles in use skips graphs whose holders have not changed`() throws {
    var graphs = CyclicGraphs()
    var held = large(300_000)
    graphs.add(held)
    let clock = ContinuousClock()
    let first = clock.measure { graphs.sweep() }
    var looks = Duration.zero
    for _ in 0..<50 {
      graphs.add(try CyclicGraphsTests.decoded())
      looks += clock.measure {
        graphs.sweep()
        graphs.look()
      }
      #expect(graphs.count == 1)
    }
    #expect(looks < first * 10, "\(looks) for fifty looks, \(first) for the first one")
    let node = WeakNode(held.node)
    held = .undefined
    graphs.look()
    #expect(graphs.isEmpty && node.node == nil)
  }

  @Test
  func `A sweep of cycles frees released graphs at once, or large ones in several steps`() throws {
    var graphs = CyclicGraphs()
    var held = (0..<100).map { _ in large(100) }
    for value in held { graphs.add(value) }
    graphs.sweep()
    #expect(graphs.count == 100)
    held.removeFirst(50)
    var looks = 0
    while !graphs.look(budget: 1000) {
      looks += 1
      try #require(looks < 100)
    }
    #expect(looks > 1, "about ten graphs each")
    graphs.look()
    #expect(graphs.count == 50)
    held = []
    while !graphs.look(budget: 1000) {}
    graphs.look()
    #expect(graphs.isEmpty)
  }

  @Test
  func `A sweep of cycles finds that a holder was replaced by the graph itself`() throws {
    var graphs = CyclicGraphs()
    var held = try CyclicGraphsTests.decoded()
    let node = WeakNode(held.node)
    graphs.add(held)
    graphs.sweep()
    // One more reference from inside, one fewer from outside.
    held["list"][1].object?["other"] = held
    held = .undefined
    for _ in 0..<100 where !graphs.isEmpty { graphs.look() }
    #expect(graphs.isEmpty && node.node == nil)
  }

  @Test
  func `A sweep of cycles frees values that messages share once no part is held`() throws {
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
      var graphs = CyclicGraphs()
      var values = try order.map { try CyclicGraphsTests.decoded(.number(Double($0))) }
      let nodes = values.map { WeakNode($0.node) }
      for value in values { graphs.add(["message", value]) }
      graphs.sweep()
      for place in values.indices { values[place].object?["next"] = values[(place + 1) % 3] }
      graphs.look()
      #expect(nodes.allSatisfy { $0.node != nil })
      values = []
      graphs.look()
      graphs.look()
      #expect(graphs.isEmpty && nodes.allSatisfy { $0.node == nil })
    }
  }
}

extension CloneValue {
  fileprivate var object: CloneObject? {
    if case .object(let object) = self { object } else { nil }
  }
}
