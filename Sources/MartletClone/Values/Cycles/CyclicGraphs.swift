/// Values with cycles that messages brought, until nobody uses them any more: a small cycle collector.
///
/// Swift counts references, so a graph that contains itself is never freed by itself. Whoever decodes
/// messages adds such a value here and forgets about it; ``sweep()`` frees what only the graphs themselves
/// still hold. What a handler has kept stays whole for as long as it keeps it, with all that can be reached
/// from it, and is freed by a later look after it was let go. Handlers need not know.
///
/// Each value is looked at once as it comes, which costs no more than decoding it did. After that
/// ``look(budget:)`` walks only graphs whose holders have changed, and of these no more than its budget says:
/// what is kept costs nothing.
package struct CyclicGraphs {
  /// A graph that was in use at the last look.
  private struct Kept {
    /// The nodes that others held, from which all is reached that was alive. Each is here once in all graphs.
    let entries: ContiguousArray<CloneNode>
    /// How many references there were to each of them.
    private var counts: [UInt] = []
    /// How many looks have found these the same.
    var skips = 0

    init(_ entries: ContiguousArray<CloneNode>) {
      for node in entries { node.isWatched = true }
      self.entries = entries
    }

    /// Notes how many references there are, now that whoever looked has let go of its own.
    mutating func settle() { counts = CloneGraph.counts(entries) }

    /// Whether somebody has let go of it, or somebody else holds it.
    var hasChanged: Bool { CloneGraph.counts(entries) != counts }
  }

  /// What nobody has looked at yet.
  private var fresh: ContiguousArray<CloneValue> = []
  private var kept: ContiguousArray<Kept> = []
  /// Where the next look goes on.
  private var next = 0

  /// How many nodes a look walks before it leaves the rest to the next one. A graph is walked whole.
  package static let lookBudget = 100_000
  /// After so many looks a graph is walked although its counts are the same: one reference may have replaced
  /// another.
  private static let mostSkips = 64
  /// To compare so many counts takes as long as to walk a node.
  private static let countsPerNode = 8

  package init() {}

  /// Whether nothing waits here.
  package var isEmpty: Bool { fresh.isEmpty && kept.isEmpty }
  /// How many values wait here: those that came and have not been looked at, and the nodes that others held.
  package var count: Int { kept.reduce(fresh.count) { $0 + $1.entries.count } }

  /// Adds a value that contains itself. Any other may be added, too.
  package mutating func add(_ value: CloneValue) {
    fresh.append(value)
  }

  /// Frees what nobody uses any more of what is new.
  package mutating func sweep() {
    while !fresh.isEmpty {
      // Nothing else may hold it here while its references are counted.
      var roots: ContiguousArray<CloneValue> = []
      roots.append(fresh.removeLast())
      keep(Self.walk(&roots).kept)
    }
  }

  /// Frees what nobody uses any more of what was in use.
  ///
  /// - Parameter budget: How many nodes may be walked.
  /// - Returns: Whether everything was looked at. If not, the next look goes on where this one ended.
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

  /// Frees what nobody uses any more, whatever that takes.
  package mutating func sweepAll() {
    sweep()
    for place in kept.indices.reversed() { _ = walk(at: place) }
  }

  /// Looks at one graph, and moves the last one to its place if nobody uses it any more.
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

  /// Frees what is garbage of what `roots` reach, and returns how the rest is held, where another graph does
  /// not say so already, and how many nodes there were.
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
