extension CloneValue {
  /// Frees the memory of a graph that contains itself, if no other code holds a part of it.
  ///
  /// Swift counts references, so an object that is reachable from itself is never freed by itself. After
  /// decoding bytes with ``CloneCodec/decode(_:hasCycles:)``, call this when the value is no longer needed
  /// and it has cycles. Martlet does so itself for values of IPC messages.
  ///
  /// ```swift
  /// var hasCycles = false
  /// var value = try CloneCodec.decode(bytes.span.bytes, hasCycles: &hasCycles)
  /// handle(value)
  /// if hasCycles { value.reclaimCycles() }
  /// ```
  ///
  /// This value becomes `undefined`. If only the graph itself refers to its objects, they are emptied, and so
  /// freed. If other code holds any object of the graph, or is still running with one, nothing is changed:
  /// that object stays complete, and its holder frees it with ``dismantle()``.
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

  /// Empties every object reachable from this value, so that cycles among them are freed.
  ///
  /// Objects that other code holds are emptied as well. Meant for a graph with cycles that is no longer
  /// needed.
  public func dismantle() {
    var roots: ContiguousArray = [self]
    var graph = CloneGraph(taking: &roots)
    graph.dismantle()
  }
}
