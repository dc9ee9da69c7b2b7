// The frames of a page as a tree, with each frame's parent and current document.

/// A frame, from its first document until it is removed from the page. The main frame lives as long as the
/// view.
package final class RendererFrame {
  /// Unique in this process, from 1.
  package let treeNodeID: Int
  package let isMain: Bool
  package private(set) weak var parent: RendererFrame?
  /// Ordered by the start of their first documents.
  package private(set) var children: [RendererFrame] = []
  /// The document that can be sent to; nil before the first, and between two documents.
  package fileprivate(set) var document: RendererDocument?
  package private(set) var isGone = false
  /// WebKit's id of the frame; the main frame may get another one in another process.
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

  /// Whether the announced document's frame has had a document before.
  func has(_ announcement: FrameAnnouncement) -> Bool {
    announcement.isMainFrame ? main.number != 0 : others[announcement.frame] != nil
  }

  var count: Int { 1 + others.count }

  /// The frame of the announced document, created if it is new.
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

  /// Removes a frame and its subframes; returns the subframes, innermost first.
  func remove(_ frame: RendererFrame) -> [RendererFrame] {
    let removed = frame.children.flatMap(remove) + [frame]
    frame.remove()
    if others[frame.number] === frame { others[frame.number] = nil }
    return removed
  }
}
