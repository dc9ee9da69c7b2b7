// Frames over a socket whose other end the renderer extension holds: no hop through WebKit's own processes, and a
// synchronous call is a blocking receive over there.

internal import GLibKit
package import IPC

package final class LaneTransport: RendererTransport {
  package var onFrame: (@MainActor (Frame, SyncReply?) -> Void)?
  package var onViolation: (@MainActor (String) -> Void)?
  package var onEnd: (@MainActor () -> Void)?

  /// How long a document that is being left may go on speaking.
  private static let farewellMilliseconds: UInt32 = 1000

  private let channel: FrameChannel
  private var farewell: SourceToken?
  private var isLeaving = false

  package init(_ socket: OwnedDescriptor) {
    channel = FrameChannel(socket, gathers: true)
    channel.onFrame = { [unowned self] in deliver($0) }
    channel.onEnd = { [unowned self] violation in
      if let violation { onViolation?(violation) }
      ended()
    }
    channel.start()
  }

  isolated deinit {
    farewell?.cancel()
    channel.close()
  }

  package func send(_ frame: EncodedFrame, ports: [OwnedDescriptor]) throws(SendError) {
    guard !isLeaving else { throw .closed }
    try channel.send(frame, ports: ports)
  }

  /// Answers a renderer that is blocked until then.
  private func reply(_ frame: EncodedFrame) {
    if !isLeaving { try? channel.send(frame, urgently: true) }
  }

  package func drain() {
    channel.drain()
  }

  private func deliver(_ frame: Frame) {
    let reply = frame.kind == .sendSync ? SyncReply { [weak self] in self?.reply($0) } : nil
    onFrame?(frame, reply)
  }

  package func leave() {
    guard !isLeaving, channel.isOpen else { return }
    isLeaving = true
    // The extension closes its end when it sees that ours is done.
    channel.endSending()
    farewell = MainLoop.after(milliseconds: Self.farewellMilliseconds) { [weak self] in
      self?.farewell = nil
      self?.close()
    }
  }

  package func close() {
    guard channel.isOpen else { return }
    channel.close()
    ended()
  }

  private func ended() {
    farewell?.cancel()
    farewell = nil
    onEnd?()
  }
}
