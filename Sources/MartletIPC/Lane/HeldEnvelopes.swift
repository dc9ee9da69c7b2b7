// Envelopes for a document that has not said hello yet (S-17).

internal import CMartletWire
internal import MartletClone

/// Keeps envelopes, with their ports, until there is somebody to send them to.
package struct HeldEnvelopes {
  package private(set) var envelopes: [(envelope: EncodedEnvelope, ports: [OwnedDescriptor])] = []
  private var size = 0
  private let limit: Int

  /// - Parameter limit: The bytes that may be kept: as many as may wait on a socket.
  package init(limit: Int = Int(MARTLET_QUEUE_LIMIT)) { self.limit = limit }

  /// Adds an envelope.
  ///
  /// - Throws: `SendError.queueFull` when too much is here already.
  package mutating func append(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor]) throws(SendError) {
    guard size + envelope.count <= limit else { throw .queueFull }
    size += envelope.count
    envelopes.append((envelope, ports))
  }
}
