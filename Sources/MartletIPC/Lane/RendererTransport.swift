// The one seam between the IPC engine and whatever carries its envelopes. Two implementations in
// MartletWebHost, one conformance suite.

/// Carries the envelopes of one document, from its hello to its unload.
///
/// Envelopes arrive in the order in which the document's script made its calls, whatever their kind and size.
@MainActor
package protocol RendererTransport: AnyObject {
  /// Receives every envelope. A synchronous call comes with the reply that its renderer is blocked on.
  var onEnvelope: (@MainActor (Envelope, SyncReply?) -> Void)? { get set }

  /// Receives what a broken or hostile renderer did instead of sending and reading envelopes, as a sentence
  /// about it; nothing is delivered after it, and `onEnd` follows.
  var onViolation: (@MainActor (String) -> Void)? { get set }

  /// Called when nothing will be delivered any more, once.
  var onEnd: (@MainActor () -> Void)? { get set }

  /// Sends an encoded envelope, and ports with it. Never blocks; envelopes arrive in order.
  func send(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor]) throws(SendError)

  /// Delivers what has been sent already, before something that the document did afterwards is heard another
  /// way; until `end` at most, in microseconds of the monotonic clock.
  func drain(until end: Int)

  /// The document's own handlers of its end are running: what it asks for synchronously is answered soon or
  /// not at all (S-43).
  func startLeaving()

  /// The document has been left: nothing is sent any more, and what it still says as it goes is delivered
  /// (S-13).
  func leave()

  /// Nothing is sent or delivered from now on.
  func close()
}
