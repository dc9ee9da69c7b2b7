// Unsent data of a page: its lanes whose sockets are full. WebKit may end the process when the page goes, and
// `unload` handlers run after that. So the queues are flushed first, within a time limit.

import CMartletWebProcess

final class UnsentLanes {
  private var lanes: [Lane] = []
  /// Deadline of the blocking flush; nil while the page exists.
  private var end: gint64?

  /// The time limit of the blocking flush.
  private static let milliseconds: gint64 = 10_000

  /// The unsent lanes of a page, which keeps them.
  static func of(_ page: OpaquePointer) -> UnsentLanes {
    if let known = data.get(of: page) { return known }
    let made = UnsentLanes()
    data.set(made, of: page) { Unmanaged<UnsentLanes>.fromOpaque($0!).takeRetainedValue().pageEnded() }
    return made
  }

  private static let data = ObjectData<UnsentLanes>("martlet-unsent-lanes")

  func add(_ lane: Lane) {
    lanes.append(lane)
    if let end { lane.flush(until: end) }
  }

  func remove(_ lane: Lane) { lanes.removeAll { $0 === lane } }

  /// Sends queued packets, blocking until the deadline.
  func flush() { flush(until: g_get_monotonic_time() + Self.milliseconds * 1000) }

  private func flush(until end: gint64) {
    for lane in lanes { lane.flush(until: end) }
  }

  private func pageEnded() {
    let end = g_get_monotonic_time() + Self.milliseconds * 1000
    self.end = end
    flush(until: end)
  }
}
