extension CloneValue {
  /// Gives back the memory of a graph that contains itself, if nobody holds a part of it any more.
  ///
  /// Swift counts references, so an object that is reachable from itself is never freed by itself. Whoever decodes
  /// messages calls this when a message has been dealt with and ``CloneCodec/decode(_:hasCycles:)`` has reported
  /// cycles:
  ///
  /// ```swift
  /// var hasCycles = false
  /// var value = try CloneCodec.decode(bytes.span.bytes, hasCycles: &hasCycles)
  /// handle(value)
  /// if hasCycles { value.reclaimCycles() }
  /// ```
  ///
  /// It becomes `undefined`. If all references to the graph are its own, its objects are emptied, and so freed. If
  /// a handler has kept any object of the graph, or is still running with one, nothing is touched: what was kept
  /// stays whole, and is its keeper's to break up with ``dismantle()``.
  ///
  /// - Returns: Whether the graph was freed.
  @discardableResult
  public mutating func reclaimCycles() -> Bool {
    var graph = Graph(of: self)
    self = .undefined
    guard graph.isUnreferenced() else { return false }
    graph.dismantle()
    return true
  }

  /// Empties every object that can be reached from this value, so that cycles among them are freed.
  ///
  /// Objects that others hold are emptied as well. It is meant for a graph with cycles that is no longer needed.
  public func dismantle() {
    var graph = Graph(of: self)
    graph.dismantle()
  }
}

/// Every node that can be reached from a value, each once.
private struct Graph {
  private var nodes: ContiguousArray<CloneNode> = []
  /// For each node, how many of the graph's own edges lead to it.
  private var edges: [ObjectIdentifier: Int] = [:]

  init(of value: CloneValue) {
    var edges: [ObjectIdentifier: Int] = [:]
    var nodes: ContiguousArray<CloneNode> = []
    func visit(_ value: CloneValue, edge: Int) {
      guard let node = value.node else { return }
      if edges.updateValue(edges[ObjectIdentifier(node), default: 0] + edge, forKey: ObjectIdentifier(node))
        == nil
      {
        nodes.append(node)
      }
    }
    visit(value, edge: 0)
    var next = 0
    while next < nodes.count {
      nodes[next].forEachChild { visit($0, edge: 1) }
      next += 1
    }
    self.nodes = nodes
    self.edges = edges
  }

  /// Whether only the graph itself and this list hold the nodes.
  ///
  /// The runtime's counts are exact for objects of one isolation domain, but for what asking adds to them, which
  /// depends on the optimizer; a node of our own, held by nothing but a list, shows how much that is. Should a
  /// reference more be held all the same, the answer is no, which leaks a graph and breaks none.
  func isUnreferenced() -> Bool {
    let alone = Self.counts([CloneDate(millisecondsSinceEpoch: 0)])[0]
    let counts = Self.counts(nodes)
    for (node, count) in zip(nodes, counts) where count != alone + UInt(edges[ObjectIdentifier(node)] ?? 0) {
      return false
    }
    return true
  }

  @inline(never)
  private static func counts(_ nodes: ContiguousArray<CloneNode>) -> [UInt] {
    nodes.indices.map { _getRetainCount(nodes[$0]) }
  }

  mutating func dismantle() {
    var children = ContiguousArray<CloneValue>()
    for node in nodes { node.surrenderChildren(to: &children) }
  }
}
