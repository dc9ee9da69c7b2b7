// Sees the end of a frame natively: a page can take the bridge's own listeners away (`document.open()` does),
// and then removes the frame unseen.

import CMartletWebProcess

enum FrameWatch {
  private static let data = ObjectData<DocumentLanes>("martlet-document")

  /// Whether a document has begun in `frame` before.
  static func hasDocument(_ frame: OpaquePointer) -> Bool {
    data.get(of: frame) != nil
  }

  /// Ends the lanes of a document when its frame goes, or another document begins in it.
  static func watch(_ frame: OpaquePointer, for lanes: DocumentLanes) {
    data.steal(from: frame)?.close()
    data.set(lanes, of: frame) {
      Unmanaged<DocumentLanes>.fromOpaque($0!).takeRetainedValue().frameIsGone()
    }
  }
}
