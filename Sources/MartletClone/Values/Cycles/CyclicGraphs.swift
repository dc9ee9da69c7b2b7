/// A small cycle collector for values of messages, which keeps values with cycles until they are no longer in
/// use.
///
/// Swift counts references, so a graph that contains itself is never freed by itself. The decoder of messages
/// adds such a value here. ``sweep()`` frees values to which only their own graph refers. A value that a
/// handler holds stays complete, with everything reachable from it, and is freed by a later pass after it is
/// released. Handlers need do nothing.
///
/// Each value is walked once when it arrives, which costs no more than decoding it. After that
/// ``look(budget:)`` walks only graphs whose reference counts have changed, within its budget: a value that
/// stays in use costs almost nothing.
package struct CyclicGraphs {
  /// A graph that was in use at the last pass.
  private struct Kept {
    /// The nodes held from outside, from which all live nodes are reachable. Each occurs in only one graph.
    let entries: ContiguousArray<CloneNode>
    /// Reference counts of the entries at the last pass.
    private var counts: [UInt] = []
    /// Number of passes in a row that found the counts unchanged.
    var skips = 0

    init(_ entries: ContiguousArray<CloneNode>) {
      for node in entries { node.isWatched = true }
      self.entries = entries
    }

    /// Records the reference counts. Call it after the walk has released its own references.
    mutating func settle() { counts = CloneGraph.counts(entries) }

    /// Whether the reference counts have changed since the last pass.
    var hasChanged: Bool { CloneGraph.counts(entries) != counts }
  }

  /// Values that have not been walked yet.
  private var fresh: ContiguousArray<CloneValue> = []
  private var kept: ContiguousArray<Kept> = []
  /// Index at which the next pass continues.
  private var next = 0

  /// Number of nodes that a pass walks before it leaves the rest to the next one. A graph is always walked as
  /// a whole.
  package static let lookBudget = 100_000
  /// Number of passes after which a graph with unchanged counts is walked anyway: one reference may have
  /// replaced another.
  private static let mostSkips = 64
  /// Number of counts that take as long to compare as one node takes to walk.
  private static let countsPerNode = 8

  package init() {}

  /// Whether no value is kept here.
  package var isEmpty: Bool { fresh.isEmpty && kept.isEmpty }
  /// Number of new values plus the number of nodes held from outside.
  package var count: Int { kept.reduce(fresh.count) { $0 + $1.entries.count } }

  /// Adds a value that contains itself. Other values are allowed.
  package mutating func add(_ value: CloneValue) {
    fresh.append(value)
  }

  /// Walks the new values, and frees those no longer in use.
  package mutating func sweep() {
    while !fresh.isEmpty {
      // This must hold no other reference to the value while references are counted.
      var roots: ContiguousArray<CloneValue> = []
      roots.append(fresh.removeLast())
      keep(Self.walk(&roots).kept)
    }
  }

  /// Walks values that were in use at the last pass, and frees those no longer in use.
  ///
  /// - Parameter budget: Maximum number of nodes to walk.
  /// - Returns: Whether every value was checked. If not, the next pass continues where this one ended.
  @discardableResult
  package mutating func look(budget: Int = lookBudget) -> Bool {
    var left = budget
    var waiting = kept.count
    while waiting > 0, left > 0 {
      if next >= kept.count { next = 0 }
      waiting -= 1
      left -= 1 + kept[next].entries.count / Self.countsPerNode
      if kept[next].skips < Self.mostSkips, !kept[next].hasChanged {
        kept[next].skips += 1
        next += 1
      } else {
        let (isKept, size) = walk(at: next)
        if isKept { next += 1 }
        left -= size
      }
    }
    return waiting == 0
  }

  /// Walks all values without a budget, and frees those no longer in use.
  package mutating func sweepAll() {
    sweep()
    for place in kept.indices.reversed() { _ = walk(at: place) }
  }

  /// Walks one graph. If it is no longer in use, the last graph takes its place.
  private mutating func walk(at place: Int) -> (isKept: Bool, size: Int) {
    let last = kept.count - 1
    kept.swapAt(place, last)
    var roots = ContiguousArray(kept.removeLast().entries.map { $0.asValue })
    for root in roots { root.node?.isWatched = false }
    let (graph, size) = Self.walk(&roots)
    keep(graph)
    if graph != nil { kept.swapAt(place, last) }
    return (graph != nil, size)
  }

  private mutating func keep(_ graph: Kept?) {
    guard let graph else { return }
    kept.append(graph)
    kept[kept.count - 1].settle()
  }

  /// Frees the unreachable nodes of the graph of `roots`. Returns its entry points that no other graph has
  /// yet, and its number of nodes.
  private static func walk(_ roots: inout ContiguousArray<CloneValue>) -> (kept: Kept?, size: Int) {
    var graph = CloneGraph(taking: &roots)
    let live = graph.entryPoints()
    graph.dismantle(except: live)
    let size = graph.nodes.count
    _ = consume graph
    let entries = ContiguousArray(live.filter { !$0.isWatched })
    return (entries.isEmpty ? nil : Kept(entries), size)
  }
}
