import MartletClone
import Testing

@Suite("Values with cycles")
struct CyclicGraphsTests {
  /// A value that contains itself: `{ name, self, list: [self, { name: "leaf", list }] }`.
  static func cyclic(_ name: CloneValue = "root") -> CloneValue {
    let leaf: CloneValue = ["name": "leaf"]
    let object = CloneObject([("name", name)])
    let list = CloneArray([.object(object), leaf])
    object["self"] = .object(object)
    object["list"] = .array(list)
    if case .object(let leaf) = leaf { leaf["list"] = .array(list) }
    return .object(object)
  }

  /// The same value after encoding and decoding, as a message brings it.
  static func decoded(_ name: CloneValue = "root") throws -> CloneValue {
    try roundTrip(consuming: cyclic(name))
  }

  private static func roundTrip(consuming value: consuming CloneValue) throws -> CloneValue {
    let bytes = try CloneCodec.encode(value)
    value.dismantle()
    return try CloneCodec.decode(bytes)
  }

  @Test
  func `Values with cycles are freed by the next sweep when no part is kept`() throws {
    var graphs = CyclicGraphs()
    var nodes: [WeakNode] = []
    for index in 0..<100 {
      let value = try Self.decoded(.number(Double(index)))
      nodes.append(WeakNode(value.node))
      nodes.append(WeakNode(value["list"].node))
      nodes.append(WeakNode(value["list"][1].node))
      graphs.add(value)
    }
    #expect(nodes.allSatisfy { $0.node != nil })
    graphs.sweep()
    #expect(graphs.isEmpty)
    #expect(nodes.allSatisfy { $0.node == nil })
  }

  @Test
  func `Values with cycles stay whole while any part is kept, and are freed once it is released`() throws {
    var graphs = CyclicGraphs()
    var value = try Self.decoded()
    let root = WeakNode(value.node)
    var leaf = value["list"][1]
    graphs.add(value)
    value = .undefined
    for _ in 0..<3 { graphs.sweepAll() }
    #expect(!graphs.isEmpty)
    #expect(leaf["list"][0]["name"].description == "'root'")
    #expect(leaf["list"][0]["self"].node === root.node)
    leaf = .undefined
    graphs.sweepAll()
    #expect(graphs.isEmpty)
    #expect(root.node == nil)
  }

  @Test
  func `A part that no kept part reaches is freed at once`() throws {
    var graphs = CyclicGraphs()
    var value: CloneValue = ["kept": try Self.decoded("a"), "other": try Self.decoded("b")]
    if case .object(let object) = value { object["self"] = value }
    let other = WeakNode(value["other"].node)
    let wrapper = WeakNode(value.node)
    var kept = value["kept"]
    graphs.add(value)
    value = .undefined
    graphs.sweep()
    #expect(wrapper.node == nil && other.node == nil)
    #expect(kept["self"]["name"].description == "'a'")
    let root = WeakNode(kept.node)
    kept = .undefined
    graphs.sweepAll()
    #expect(graphs.isEmpty && root.node == nil)
  }

  @Test
  func `Arrays taken out of a value keep their elements`() throws {
    var graphs = CyclicGraphs()
    let list = CloneArray([["n": 1], ["n": 2]])
    let set = CloneSet([["n": 3]])
    list.append(.array(list))
    set.insert(.set(set))
    let elements = Array(list.elements[..<2])
    let all = list.elements
    let members = set.members
    graphs.add(.array(list))
    graphs.add(.set(set))
    graphs.sweepAll()
    #expect(elements.map { $0["n"].description } == ["1", "2"])
    #expect(all[1]["n"].description == "2")
    #expect(members[0]["n"].description == "3")
  }

  @Test
  func `An array from which a value was made keeps its elements`() throws {
    var graphs = CyclicGraphs()
    let mine: [CloneValue] = [["n": 1], ["n": 2]]
    var value: CloneValue = .array(CloneArray(mine))
    if case .array(let array) = value { array["self"] = value }
    graphs.add(value)
    value = .undefined
    graphs.sweepAll()
    #expect(mine.map { $0["n"].description } == ["1", "2"])
  }

  @Test
  func `An app may link values of different messages, and send kept values repeatedly`() throws {
    var graphs = CyclicGraphs()
    var first = try Self.decoded("first")
    var second = try Self.decoded("second")
    let nodes = [WeakNode(first.node), WeakNode(second.node)]
    graphs.add(["channel", first])
    graphs.add(["channel", second])
    if case .object(let object) = first { object["next"] = second }
    if case .object(let object) = second { object["previous"] = first }
    second = .undefined
    for _ in 0..<50 {
      graphs.add(["wrapper": first])
      graphs.sweep()
    }
    #expect(first["next"]["previous"]["name"].description == "'first'")
    #expect(graphs.count < 10)
    first = .undefined
    graphs.sweepAll()
    #expect(graphs.isEmpty)
    #expect(nodes.allSatisfy { $0.node == nil })
  }

  @Test
  func `Every kind of node can be part of a cycle`() throws {
    let set = CloneSet()
    let map = CloneMap([(.set(set), .view(CloneArrayBufferView([1, 2])))])
    let error = CloneErrorObject(message: "m", cause: .map(map))
    let array = CloneArray([
      .error(error), .date(CloneDate(millisecondsSinceEpoch: 0)), .boxed(CloneBoxed(1.5 as Double)),
    ])
    array[5000] = .regExp(CloneRegExp(source: "a", flags: .global))
    array["named"] = .arrayBuffer(CloneArrayBuffer([1]))
    set.insert(.array(array))
    let bytes = try CloneCodec.encode(.array(array))
    CloneValue.array(array).dismantle()
    var graphs = CyclicGraphs()
    var nodes: [WeakNode] = []
    do {
      let value = try CloneCodec.decode(bytes)
      nodes = [
        value.node, value[0].node, value[1].node, value[2].node, value[5000].node, value["named"].node,
      ]
      .map { WeakNode($0) }
      graphs.add(value)
    }
    #expect(nodes.allSatisfy { $0.node != nil })
    graphs.sweep()
    #expect(graphs.isEmpty && nodes.allSatisfy { $0.node == nil })
  }

  @Test
  func `Encoding says whether a value contains itself`() throws {
    func hasCycles(_ value: CloneValue) throws -> Bool {
      var bytes: [UInt8] = []
      var hasCycles = false
      try CloneCodec.encode(value, into: &bytes, hasCycles: &hasCycles)
      return hasCycles
    }
    let shared: CloneValue = ["n": 1]
    #expect(try !hasCycles([shared, shared, [shared]]))
    let cyclic = Self.cyclic()
    #expect(try hasCycles(cyclic))
    #expect(try hasCycles([1, [cyclic]]))
    #expect(try !hasCycles([shared]), "the marks are gone again")
    cyclic.dismantle()
  }
}

/// A weak reference to a node.
struct WeakNode {
  weak var node: CloneNode?

  init(_ node: CloneNode?) { self.node = node }
}
