/// The common base of every cloned JavaScript object: what has identity.
///
/// `CloneObject`, `CloneArray`, `CloneMap` and the others are reference types because structured clone keeps
/// identity: two properties that name one object still do after a round trip, and a graph may contain itself.
/// Compare with `===`. Nodes are not thread-safe and not `Sendable`; a graph belongs to one isolation domain.
///
/// Swift counts references, so a graph that contains itself would keep itself alive for ever. What IPC brings
/// to a handler is freed all the same, once nobody holds any part of it: handlers need do nothing. Whoever
/// decodes bytes on their own calls ``CloneValue/reclaimCycles()``, and whoever builds a cycle,
/// ``CloneValue/dismantle()``.
public class CloneNode {
  /// Where whoever walks the graph notes which number it gave this node, plus one: the codec, the cycle
  /// collector. Zero at all other times.
  ///
  /// A field costs nothing to look up, where a table of identities would be most of the time of encoding a
  /// small message.
  final var mark: UInt32 = 0
  /// Whether the message that it came in refers to some object more than once: made to Swift values, it may
  /// grow.
  final var mayUnfold = false
  /// Whether ``CyclicGraphs`` holds it.
  final var isWatched = false

  init() {}

  /// This node as a value.
  ///
  /// Abstract: each final class answers with its own case.
  var asValue: CloneValue { .undefined }

  /// Whether any child of this node is itself a node that has children.
  ///
  /// It is asked when a graph is torn down, and is the cheap question that keeps shallow messages fast.
  var hasNestedContainers: Bool { false }

  /// Moves the children that are nodes to `pending` and forgets all others.
  func surrenderChildren(to pending: inout ContiguousArray<CloneValue>) {}

  /// Calls `body` with every child.
  func forEachChild(_ body: (CloneValue) -> Void) {}
}

extension CloneNode {
  /// Releases the children of a dying node one by one rather than by recursion.
  ///
  /// Left to itself Swift destroys a chain of objects with one stack frame for each link, and a message
  /// nested ten thousand levels deep would overflow the 512 KiB stack of a dispatch thread when it is
  /// released.
  final func dismantleForDeinit() {
    var pending = ContiguousArray<CloneValue>()
    surrenderChildren(to: &pending)
    while !pending.isEmpty {
      // `node` has to be the only reference that this loop holds itself.
      guard var node = pending.removeLast().node else { continue }
      if isKnownUniquelyReferenced(&node), node.hasNestedContainers {
        node.surrenderChildren(to: &pending)
      }
    }
  }
}
