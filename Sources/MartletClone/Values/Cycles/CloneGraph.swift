/// The graph of all nodes reachable from some values, with the number of references that the graph itself has
/// to each.
///
/// Swift's reference counts say how many references a node has in total; the graph counts its own edges. The
/// difference is the number of references held from outside. This requires that each reference is to a single
/// node. A node's children are therefore never stored in an array shared with other modules: one reference to
/// that storage would hide references to all of them.
///
/// While the graph exists, a node's mark is its place in `nodes` plus one: a table of identities took twenty
/// times as long.
struct CloneGraph: ~Copyable {
  private(set) var nodes: ContiguousArray<CloneNode> = []
  /// Number of the graph's own edges to each node.
  private var edges: ContiguousArray<UInt> = []

  /// Walks from `roots` and empties `roots`, so that only the graph and outside holders still refer to the
  /// nodes.
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

  /// The nodes that are held from outside, not counting ``CyclicGraphs``: the entry points of the graph.
  ///
  /// The runtime's counts are exact for objects of one isolation domain, except for the references that
  /// counting itself adds. Their number depends on the optimizer, so it is measured on a node of our own that
  /// only a list holds. If a count is still too high, the node counts as held, which leaks it and breaks
  /// nothing.
  func entryPoints() -> ContiguousArray<CloneNode> {
    let alone = Self.counts([CloneDate(millisecondsSinceEpoch: 0)])[0]
    let counts = Self.counts(nodes)
    var held: ContiguousArray<CloneNode> = []
    for (place, node) in nodes.enumerated()
    where counts[place] != alone + edges[place] + (node.isWatched ? 1 : 0) { held.append(node) }
    return held
  }

  /// Reference count of each node, including the references that counting adds.
  @inline(never)
  static func counts(_ nodes: ContiguousArray<CloneNode>) -> [UInt] {
    nodes.indices.map { _getRetainCount(nodes[$0]) }
  }

  /// Empties the nodes that cannot be reached from `live`, so that cycles among them are freed. Without
  /// `live` it empties all nodes.
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
