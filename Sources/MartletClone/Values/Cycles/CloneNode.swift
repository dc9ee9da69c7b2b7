/// Base class of every cloned JavaScript object, that is, of every value with identity.
///
/// `CloneObject`, `CloneArray`, `CloneMap` and the others are reference types because structured clone keeps
/// identity. Two properties that refer to one object still do after a round trip, and a graph may contain
/// itself. Compare nodes with `===`. Nodes are not thread-safe and not `Sendable`; a graph belongs to one
/// isolation domain.
///
/// Swift counts references, so a graph that contains itself is never freed by itself. Martlet frees such
/// values of IPC messages once no part of them is in use; handlers need do nothing. Code that decodes bytes
/// itself calls ``CloneValue/reclaimCycles()``. Code that builds a cycle calls ``CloneValue/dismantle()``.
public class CloneNode {
  /// Number of this node during a walk of the graph (codec, cycle collector), plus one. Zero at all other
  /// times.
  ///
  /// A field costs nothing to look up. A table of identities would take most of the time of encoding a small
  /// message.
  final var mark: UInt32 = 0
  /// Whether the node's message has shared objects, so that converting it to Swift values may multiply them.
  final var mayUnfold = false
  /// Whether ``CyclicGraphs`` holds it.
  final var isWatched = false

  init() {}

  /// This node as a value.
  ///
  /// Abstract: each final class returns its own case.
  var asValue: CloneValue { .undefined }

  /// Whether any child of this node is a node that has children.
  ///
  /// Used when a graph is torn down, as a cheap check that keeps shallow messages fast.
  var hasNestedContainers: Bool { false }

  /// Moves the children that are nodes to `pending` and drops the others.
  func surrenderChildren(to pending: inout ContiguousArray<CloneValue>) {}

  /// Calls `body` with every child.
  func forEachChild(_ body: (CloneValue) -> Void) {}
}

extension CloneNode {
  /// Releases the children of a dying node iteratively instead of recursively.
  ///
  /// By default Swift destroys a chain of objects with one stack frame for each link. Releasing a message
  /// nested ten thousand levels deep would overflow the 512 KiB stack of a dispatch thread.
  final func dismantleForDeinit() {
    var pending = ContiguousArray<CloneValue>()
    surrenderChildren(to: &pending)
    while !pending.isEmpty {
      // `node` must be the only reference that this loop holds.
      guard var node = pending.removeLast().node else { continue }
      if isKnownUniquelyReferenced(&node), node.hasNestedContainers {
        node.surrenderChildren(to: &pending)
      }
    }
  }
}
