// The interface between documents and the carriers of their envelopes. MartletWebHost has two
// implementations, and one conformance suite tests both.

/// Carries the envelopes of one document, from its hello to its unload.
///
/// Envelopes arrive in the order in which the document's script made its calls, whatever their kind and size.
/// They go to the delegate that the transport was made with.
@MainActor
package protocol RendererTransport: AnyObject {
  /// Sends an encoded envelope, and ports with it. Never blocks, and keeps the order of envelopes.
  func send(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor]) throws(SendError)

  /// The reply to the synchronous call that was just delivered without one. Nil when the carrier delivers
  /// calls with their reply.
  ///
  /// - Parameter socket: The port that came with the call, on which to answer this and later calls.
  func syncReply(on socket: OwnedDescriptor?) -> SyncReply?

  /// Delivers envelopes that were already sent, before a later event of the document that arrives another
  /// way. Stops at `end`, in microseconds of the thread's processor time.
  func drain(until end: Int)

  /// The document is unloading: its unload handlers are running. Its synchronous calls are answered soon or
  /// not at all (S-43).
  func startUnloading()

  /// The document has been left: nothing more is sent to it, and envelopes that it sends while it unloads are
  /// still delivered (S-13).
  func leave()

  /// Stops sending and delivering, and tells the delegate once.
  ///
  /// - Parameter violation: The misbehaviour of a broken or hostile renderer, as a sentence about it; nil for
  ///   a plain end.
  func end(_ violation: String?)
}

/// Receives the envelopes of a lane's other end, or of a document.
@MainActor
package protocol EnvelopeReceiver: AnyObject {
  /// - Parameter reply: The reply that the sender is blocked on, when the carrier has it.
  func receive(_ envelope: Envelope, _ reply: SyncReply?)

  /// Nothing more will be received. Called once.
  ///
  /// - Parameter violation: The misbehaviour of the other end, as a sentence about it; nil when it has simply
  ///   closed.
  func receivedEnd(_ violation: String?)

  /// The send queue has become empty.
  func receivedRoom()
}

extension EnvelopeReceiver {
  package func receivedRoom() {}
}
