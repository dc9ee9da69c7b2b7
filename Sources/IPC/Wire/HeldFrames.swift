// Frames for a document that has not said hello yet (S-17).

internal import CWire
internal import StructuredClone

/// Keeps frames, with their ports, until there is somebody to send them to.
package struct HeldFrames {
  package private(set) var frames: [(frame: EncodedFrame, ports: [OwnedDescriptor])] = []
  private var size = 0
  private let limit: Int

  /// - Parameter limit: The bytes that may be kept: as many as may wait on a socket.
  package init(limit: Int = Int(MARTLET_QUEUE_LIMIT)) { self.limit = limit }

  /// Adds a frame.
  ///
  /// - Throws: `SendError.queueFull` when too much is here already.
  package mutating func append(_ frame: EncodedFrame, ports: [OwnedDescriptor]) throws(SendError) {
    guard size + frame.count <= limit else { throw .queueFull }
    size += frame.count
    frames.append((frame, ports))
  }
}
