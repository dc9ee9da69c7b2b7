// The one seam between the IPC engine and whatever carries its frames. Two implementations in WebHost, one
// conformance suite.

/// Carries the frames of one document, from its hello to its unload.
///
/// Frames arrive in the order in which the document's script made its calls, whatever their kind and size.
@MainActor
package protocol RendererTransport: AnyObject {
  /// Receives every frame. A synchronous call comes with the reply that its renderer is blocked on.
  var onFrame: (@MainActor (Frame, SyncReply?) -> Void)? { get set }

  /// Receives what a broken or hostile renderer sent instead of a frame; nothing after it is delivered.
  var onViolation: (@MainActor (FrameError) -> Void)? { get set }

  /// Sends an encoded frame. Never blocks; frames arrive in order. Dropped when the transport is closed.
  func send(_ frame: [UInt8])

  /// The document is gone: nothing is sent or delivered from now on.
  func close()
}
