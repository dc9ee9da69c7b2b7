extension CloneValue {
  /// Gives back the memory of a graph that contains itself, if nobody holds a part of it any more.
  ///
  /// Swift counts references, so an object that is reachable from itself is never freed by itself. Whoever
  /// decodes bytes with ``CloneCodec/decode(_:hasCycles:)`` calls this when the value has been dealt with and
  /// there were cycles (for what IPC brings, that is done):
  ///
  /// ```swift
  /// var hasCycles = false
  /// var value = try CloneCodec.decode(bytes.span.bytes, hasCycles: &hasCycles)
  /// handle(value)
  /// if hasCycles { value.reclaimCycles() }
  /// ```
  ///
  /// It becomes `undefined`. If all references to the graph are its own, its objects are emptied, and so
  /// freed. If a handler has kept any object of the graph, or is still running with one, nothing is touched:
  /// what was kept stays whole, and is its keeper's to break up with ``dismantle()``.
  ///
  /// - Returns: Whether the graph was freed.
  @discardableResult
  public mutating func reclaimCycles() -> Bool {
    var roots: ContiguousArray = [self]
    self = .undefined
    var graph = CloneGraph(taking: &roots)
    guard graph.entryPoints().isEmpty else { return false }
    graph.dismantle()
    return true
  }

  /// Empties every object that can be reached from this value, so that cycles among them are freed.
  ///
  /// Objects that others hold are emptied as well. It is meant for a graph with cycles that is no longer
  /// needed.
  public func dismantle() {
    var roots: ContiguousArray = [self]
    var graph = CloneGraph(taking: &roots)
    graph.dismantle()
  }
}
