// Envelopes for a document that has not said hello yet (S-17).

internal import CMartletWire
internal import MartletClone

/// Holds envelopes and their ports until the document that they are for says hello.
package struct HeldEnvelopes {
  package private(set) var envelopes: [(envelope: EncodedEnvelope, ports: [OwnedDescriptor])] = []
  private var size = 0
  private let limit: Int

  /// - Parameter limit: Limit in bytes; by default that of a socket's send queue.
  package init(limit: Int = Int(MARTLET_QUEUE_LIMIT)) { self.limit = limit }

  /// Adds an envelope.
  ///
  /// - Throws: `SendError.queueFull` when the limit is reached.
  package mutating func append(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor]) throws(SendError) {
    guard size + envelope.count <= limit else { throw .queueFull }
    size += envelope.count
    envelopes.append((envelope, ports))
  }
}
