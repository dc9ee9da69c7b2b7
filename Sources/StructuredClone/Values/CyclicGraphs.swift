/// Values with cycles that messages brought, until nobody uses them any more: a small cycle collector.
///
/// Swift counts references, so a graph that contains itself is never freed by itself. Whoever decodes messages adds
/// such a value here and forgets about it; ``sweep()`` frees what only the graphs themselves still hold. What a
/// handler has kept stays whole for as long as it keeps it, with all that can be reached from it, and is freed by a
/// sweep after it was let go. Handlers need not know.
///
/// A sweep looks at the values that came since the last one, and at the older ones only when they are no more than
/// those, so that it costs a message no more than decoding it did, however much is kept. ``sweepAll()`` looks at
/// everything.
package struct CyclicGraphs {
  /// What no sweep has looked at yet.
  private var fresh: ContiguousArray<CloneValue> = []
  /// Nodes that others held at the last look, from which all is reached that was alive.
  private var kept: ContiguousArray<CloneValue> = []
  /// How many nodes were looked at for `kept`, and how many since then.
  private var keptSize = 0
  private var sizeSince = 0

  package init() {}

  /// Whether nothing waits here.
  package var isEmpty: Bool { fresh.isEmpty && kept.isEmpty }
  /// How many values wait here: those that came and have not been looked at, and the nodes that others held.
  package var count: Int { fresh.count + kept.count }

  /// Adds a value that contains itself. Any other may be added, too.
  package mutating func add(_ value: CloneValue) {
    fresh.append(value)
  }

  /// Frees what nobody uses any more of what is new, and, where that is no more work, of what is old.
  package mutating func sweep() {
    let (live, size) = Self.sweep(&fresh)
    sizeSince += size
    kept += live
    if sizeSince >= keptSize { sweepAll() }
  }

  /// Frees what nobody uses any more.
  package mutating func sweepAll() {
    kept += fresh
    fresh = []
    (kept, keptSize) = Self.sweep(&kept)
    sizeSince = 0
  }

  /// Frees what is garbage of `roots`, and returns the nodes by which the rest is held, and how many there were.
  private static func sweep(
    _ roots: inout ContiguousArray<CloneValue>
  ) -> (live: ContiguousArray<CloneValue>, size: Int) {
    if roots.isEmpty { return ([], 0) }
    var graph = CloneGraph(taking: &roots)
    let live = graph.entryPoints()
    graph.dismantle(except: live)
    return (ContiguousArray(live.map { $0.asValue }), graph.nodes.count)
  }
}
