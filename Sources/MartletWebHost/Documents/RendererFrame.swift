// The frames of a page as a tree: what each is in, and the document that is in it now.

/// A frame, from its first document until it is taken out of the page. The main frame is there as long as the
/// view.
package final class RendererFrame {
  /// Unique in this process, from 1.
  package let treeNodeID: Int
  package let isMain: Bool
  package private(set) weak var parent: RendererFrame?
  /// In the order in which their first documents began.
  package private(set) var children: [RendererFrame] = []
  /// The document that may be spoken to; nil before the first, and between two of them.
  package fileprivate(set) var document: RendererDocument?
  package private(set) var isGone = false
  /// WebKit's number: the main frame may have another in another process.
  fileprivate var number: UInt64 = 0

  private static var lastTreeNodeID = 0

  fileprivate init(in parent: RendererFrame?) {
    Self.lastTreeNodeID += 1
    treeNodeID = Self.lastTreeNodeID
    isMain = parent == nil
    self.parent = parent
    parent?.children.append(self)
  }

  fileprivate func remove() {
    isGone = true
    parent?.children.removeAll { $0 === self }
  }
}

/// The frames of one view.
final class FrameTree {
  let main = RendererFrame(in: nil)
  private var others: [UInt64: RendererFrame] = [:]

  /// Whether a document has begun before in the frame that this one is in.
  func has(_ announcement: FrameAnnouncement) -> Bool {
    announcement.isMainFrame ? main.number != 0 : others[announcement.frame] != nil
  }

  var count: Int { 1 + others.count }

  /// The frame that a document has begun in: made if it is new.
  func frame(_ announcement: FrameAnnouncement) -> RendererFrame {
    if announcement.isMainFrame {
      main.number = announcement.frame
      return main
    }
    if let frame = others[announcement.frame] { return frame }
    let frame = RendererFrame(in: others[announcement.parent] ?? main)
    frame.number = announcement.frame
    others[announcement.frame] = frame
    return frame
  }

  func set(_ document: RendererDocument?, in frame: RendererFrame) { frame.document = document }

  /// Takes a frame out, and all that are in it: they, innermost first.
  func remove(_ frame: RendererFrame) -> [RendererFrame] {
    let removed = frame.children.flatMap(remove) + [frame]
    frame.remove()
    if others[frame.number] === frame { others[frame.number] = nil }
    return removed
  }
}
