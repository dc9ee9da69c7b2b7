// Lanes of a page whose sockets are full. A page that goes may take its process with it, which WebKit ends as
// soon as it likes, and the handlers of its `unload` run after it is gone: what waits then is sent while
// there is time.

import CMartletWebProcess

final class UnsentLanes {
  private var lanes: [Lane] = []
  /// Until when the page's last words may block; nil while it is there.
  private var end: gint64?

  /// How long that may take.
  private static let milliseconds: gint64 = 10_000

  /// Those of a page, which keeps them.
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

  /// Sends what waits, and blocks for it.
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
