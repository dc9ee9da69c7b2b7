// Channels of a page whose sockets are full. A page that goes may take its process with it, which WebKit ends as soon as
// it likes, and the handlers of its `unload` run after it is gone: what waits then is sent while there is time.

import CWebProcess

final class Arrears {
  private var channels: [Channel] = []
  /// Until when the page's last words may block; nil while it is there.
  private var end: gint64?

  /// How long that may take.
  private static let milliseconds: gint64 = 10_000

  /// Those of a page, which keeps them.
  static func of(_ page: OpaquePointer) -> Arrears {
    let page = UnsafeMutableRawPointer(page).assumingMemoryBound(to: GObject.self)
    let name: StaticString = "martlet-arrears"
    return name.withUTF8Buffer { name in
      name.withMemoryRebound(to: CChar.self) { name in
        if let known = g_object_get_data(page, name.baseAddress) {
          return Unmanaged<Arrears>.fromOpaque(known).takeUnretainedValue()
        }
        let made = Arrears()
        g_object_set_data_full(page, name.baseAddress, Unmanaged.passRetained(made).toOpaque()) { arrears in
          let arrears = Unmanaged<Arrears>.fromOpaque(arrears!)
          arrears.takeUnretainedValue().pageEnded()
          arrears.release()
        }
        return made
      }
    }
  }

  func add(_ channel: Channel) {
    channels.append(channel)
    if let end { channel.settle(until: end) }
  }

  func remove(_ channel: Channel) { channels.removeAll { $0 === channel } }

  /// Sends what waits, and blocks for it.
  func settle() { settle(until: g_get_monotonic_time() + Self.milliseconds * 1000) }

  private func settle(until end: gint64) {
    for channel in channels { channel.settle(until: end) }
  }

  private func pageEnded() {
    let end = g_get_monotonic_time() + Self.milliseconds * 1000
    self.end = end
    settle(until: end)
  }
}
