/// Every node that can be reached from some values, each once, and who holds it.
///
/// Swift's counts say how many references there are to a node; the graph's own edges to it are counted here.
/// What is left over are references of somebody else's. It relies on every reference being one to a node: the
/// storage of a node's children is never shared with an array that the module gave away or was given, or a
/// reference to all of them would count as none.
///
/// While it is there, a node's mark says where it is in `nodes`: a table of identities took twenty times as
/// long.
struct CloneGraph: ~Copyable {
  private(set) var nodes: ContiguousArray<CloneNode> = []
  /// For each node, how many of the graph's own edges lead to it.
  private var edges: ContiguousArray<UInt> = []

  /// Walks from `roots`, and lets go of them: what is left is held by the graph and by others.
  init(taking roots: inout ContiguousArray<CloneValue>) {
    for root in roots { visit(root, edge: 0) }
    roots = []
    var next = 0
    while next < nodes.count {
      nodes[next].forEachChild { visit($0, edge: 1) }
      next += 1
    }
  }

  deinit {
    for node in nodes { node.mark = 0 }
  }

  private mutating func visit(_ value: CloneValue, edge: UInt) {
    guard let node = value.node else { return }
    if node.mark != 0 {
      edges[Int(node.mark) - 1] += edge
    } else {
      nodes.append(node)
      edges.append(edge)
      node.mark = UInt32(truncatingIfNeeded: nodes.count)
    }
  }

  /// The nodes that others than the graph itself, and whoever watches over it, hold: where it is still
  /// entered.
  ///
  /// The runtime's counts are exact for objects of one isolation domain, but for what asking adds to them,
  /// which depends on the optimizer; a node of our own, held by nothing but a list, shows how much that is.
  /// Should a reference more be held all the same, the node counts as held, which leaks it and breaks
  /// nothing.
  func entryPoints() -> ContiguousArray<CloneNode> {
    let alone = Self.counts([CloneDate(millisecondsSinceEpoch: 0)])[0]
    let counts = Self.counts(nodes)
    var held: ContiguousArray<CloneNode> = []
    for (place, node) in nodes.enumerated()
    where counts[place] != alone + edges[place] + (node.isWatched ? 1 : 0) { held.append(node) }
    return held
  }

  /// How many references there are to each of the nodes, with what asking adds to them.
  @inline(never)
  static func counts(_ nodes: ContiguousArray<CloneNode>) -> [UInt] {
    nodes.indices.map { _getRetainCount(nodes[$0]) }
  }

  /// Empties the nodes that cannot be reached from `live`, all of them if there are none, so that cycles
  /// among them are freed.
  mutating func dismantle(except live: ContiguousArray<CloneNode> = []) {
    var keep = ContiguousArray(repeating: false, count: nodes.count)
    var pending = ContiguousArray(live.map { Int($0.mark) - 1 })
    while let place = pending.popLast() {
      if keep[place] { continue }
      keep[place] = true
      nodes[place].forEachChild { child in
        if let node = child.node, node.mark != 0, !keep[Int(node.mark) - 1] {
          pending.append(Int(node.mark) - 1)
        }
      }
    }
    var children = ContiguousArray<CloneValue>()
    for place in nodes.indices where !keep[place] { nodes[place].surrenderChildren(to: &children) }
  }
}
