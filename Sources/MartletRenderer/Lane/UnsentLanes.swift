// Lanes of a page whose sockets are full. A page that goes may take its process with it, which WebKit ends as soon as
// it likes, and the handlers of its `unload` run after it is gone: what waits then is sent while there is time.

import CMartletWebProcess

final class UnsentLanes {
  private var lanes: [Lane] = []
  /// Until when the page's last words may block; nil while it is there.
  private var end: gint64?

  /// How long that may take.
  private static let milliseconds: gint64 = 10_000

  /// Those of a page, which keeps them.
  static func of(_ page: OpaquePointer) -> UnsentLanes {
    let page = UnsafeMutableRawPointer(page).assumingMemoryBound(to: GObject.self)
    let name: StaticString = "martlet-unsent-lanes"
    return name.withUTF8Buffer { name in
      name.withMemoryRebound(to: CChar.self) { name in
        if let known = g_object_get_data(page, name.baseAddress) {
          return Unmanaged<UnsentLanes>.fromOpaque(known).takeUnretainedValue()
        }
        let made = UnsentLanes()
        g_object_set_data_full(page, name.baseAddress, Unmanaged.passRetained(made).toOpaque()) { unsent in
          let unsent = Unmanaged<UnsentLanes>.fromOpaque(unsent!)
          unsent.takeUnretainedValue().pageEnded()
          unsent.release()
        }
        return made
      }
    }
  }

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
