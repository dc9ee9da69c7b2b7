// The seam between documents and the carriers of their envelopes. Two implementations in MartletWebHost, one conformance
// suite.

/// Carries the envelopes of one document, from its hello to its unload.
///
/// Envelopes arrive in the order in which the document's script made its calls, whatever their kind and size. They go
/// to the delegate that the transport was made with.
@MainActor
package protocol RendererTransport: AnyObject {
  /// Sends an encoded envelope, and ports with it. Never blocks; envelopes arrive in order.
  func send(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor]) throws(SendError)

  /// The reply to the synchronous call that has just been delivered without one. Nil where such calls bring theirs.
  ///
  /// - Parameter socket: The port that came with the call: the one to answer on from now on.
  func syncReply(on socket: OwnedDescriptor?) -> SyncReply?

  /// Delivers what has been sent already, before something that the document did afterwards is heard another way; until
  /// `end` at most, in microseconds of the monotonic clock.
  func drain(until end: Int)

  /// The document's own handlers of its end are running: what it asks for synchronously is answered soon or
  /// not at all (S-43).
  func startLeaving()

  /// The document has been left: nothing is sent any more, and what it still says as it goes is delivered
  /// (S-13).
  func leave()

  /// Nothing is sent or delivered from now on: tells the delegate, once.
  ///
  /// - Parameter violation: What a broken or hostile renderer did instead of sending and reading envelopes, as a
  ///   sentence about it.
  func end(_ violation: String?)
}

/// Receives what the other end of a lane, or a document, sends.
@MainActor
package protocol EnvelopeReceiver: AnyObject {
  /// - Parameter reply: The reply that the sender is blocked on, where the carrier has it.
  func receive(_ envelope: Envelope, _ reply: SyncReply?)

  /// Nothing is received any more. Called once.
  ///
  /// - Parameter violation: What the other end did when it has not simply gone, as a sentence about it.
  func receivedEnd(_ violation: String?)

  /// Nothing waits to be sent any more, where something did.
  func receivedRoom()
}

extension EnvelopeReceiver {
  package func receivedRoom() {}
}
