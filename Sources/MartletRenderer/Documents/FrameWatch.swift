// Detects the end of a frame natively: a page can remove the bridge's own listeners (`document.open()` does),
// and then remove the frame unnoticed.

import CMartletWebProcess

enum FrameWatch {
  private static let data = ObjectData<DocumentLanes>("martlet-document")

  /// Whether a document has begun in `frame` before.
  static func hasDocument(_ frame: OpaquePointer) -> Bool {
    data.get(of: frame) != nil
  }

  /// Ends a document's lanes when its frame is removed, or another document begins in it.
  static func watch(_ frame: OpaquePointer, for lanes: DocumentLanes) {
    data.steal(from: frame)?.close()
    data.set(lanes, of: frame) {
      Unmanaged<DocumentLanes>.fromOpaque($0!).takeRetainedValue().frameIsGone()
    }
  }
}
