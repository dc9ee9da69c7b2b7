// Sees the end of a frame natively: a page can take the bridge's own listeners away (`document.open()` does), and then
// removes the frame unseen.

import CMartletWebProcess
import CMartletWire

enum FrameWatch {
  private static let key: StaticString = "martlet-document"

  /// Whether a document has begun in `frame` before.
  static func hasDocument(_ frame: OpaquePointer) -> Bool {
    let frame = UnsafeMutableRawPointer(frame).assumingMemoryBound(to: GObject.self)
    return key.withUTF8Buffer { name in
      name.withMemoryRebound(to: CChar.self) { g_object_get_data(frame, $0.baseAddress) } != nil
    }
  }

  /// Ends the lanes of a document when its frame goes, or another document begins in it.
  static func watch(_ frame: OpaquePointer, for lanes: DocumentLanes) {
    let frame = UnsafeMutableRawPointer(frame).assumingMemoryBound(to: GObject.self)
    key.withUTF8Buffer { name in
      name.withMemoryRebound(to: CChar.self) { name in
        if let last = g_object_steal_data(frame, name.baseAddress) {
          Unmanaged<DocumentLanes>.fromOpaque(last).takeRetainedValue().close()
        }
        g_object_set_data_full(
          frame, name.baseAddress, Unmanaged.passRetained(lanes).toOpaque(),
          { Unmanaged<DocumentLanes>.fromOpaque($0!).takeRetainedValue().frameIsGone() })
      }
    }
  }
}

extension DocumentLanes {
  /// Says that the frame is gone, unless that has been said, and closes everything.
  fileprivate func frameIsGone() {
    if let lane = self[Self.main] {
      var header = martlet_envelope_header()
      header.kind = UInt8(MARTLET_ENVELOPE_GONE)
      withUnsafeMutableBytes(of: &header) {
        _ = lane.send([iovec(iov_base: $0.baseAddress, iov_len: $0.count)], ports: [], isLast: true)
      }
    }
    close()
  }
}
