// Frames over a socket whose other end the renderer extension holds: no hop through WebKit's own processes, and a
// synchronous call is a blocking receive over there, on a socket that carries answers and nothing else.

internal import GLibKit
package import IPC

package final class LaneTransport: RendererTransport {
  package var onFrame: (@MainActor (Frame, SyncReply?) -> Void)?
  package var onViolation: (@MainActor (String) -> Void)?
  package var onEnd: (@MainActor () -> Void)?

  /// How long a document that has been left may be silent before it is not listened to any more, and how many such times
  /// it may speak. It says itself when it is done; the page that comes after it may keep their process for seconds.
  private static let farewellMilliseconds: UInt32 = 10_000
  private static let farewellLimit = 3

  /// How long a document whose handlers of its end are running waits for an answer.
  private static let lastAnswerMilliseconds: UInt32 = 1000

  private let channel: FrameChannel
  /// Where synchronous calls are answered. Closing it ends the renderer's wait.
  private var answers: FrameChannel?
  private var lastAnswer: SourceToken?
  private var hasStartedLeaving = false
  private var farewell: SourceToken?
  private var farewells = 0
  /// Whether it has spoken since the last look.
  private var isSpeaking = false
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
    endAnswers()
    farewell?.cancel()
    channel.close()
  }

  package func send(_ frame: EncodedFrame, ports: [OwnedDescriptor]) throws(SendError) {
    guard !isLeaving else { throw .closed }
    try channel.send(frame, ports: ports)
  }

  package func drain(until end: Int) {
    channel.drain(until: end)
  }

  // MARK: Synchronous calls

  private func deliver(_ frame: Frame) {
    isSpeaking = true
    guard frame.kind == .sendSync else { return onFrame?(frame, nil) ?? () }
    if let socket = frame.ports.first { answer(on: socket) }
    let reply = SyncReply { [weak self] in self?.answer(with: $0) }
    onFrame?(frame, reply)
    if hasStartedLeaving, !reply.isAnswered { waitForLastAnswer() }
  }

  private func answer(with frame: EncodedFrame) {
    do throws(SendError) {
      try answers?.send(frame)
    } catch {
      if error == .exhausted { try? answers?.send(IpcReply.failure(.noResources)) }
    }
  }

  /// A document that is not spoken to any more does not wait, either.
  private func answer(on socket: OwnedDescriptor) {
    endAnswers()
    guard !isLeaving, channel.isOpen else { return }
    answers = FrameChannel(socket, gathers: false)
    answers?.onEnd = { [unowned self] violation in
      guard let violation else { return }
      channel.close()
      onViolation?(violation)
      ended()
    }
  }

  private func endAnswers() {
    lastAnswer?.cancel()
    lastAnswer = nil
    answers?.close()
    answers = nil
  }

  private func waitForLastAnswer() {
    lastAnswer?.cancel()
    lastAnswer = MainLoop.after(milliseconds: Self.lastAnswerMilliseconds) { [weak self] in
      self?.lastAnswer = nil
      self?.endAnswers()
    }
  }

  // MARK: The end

  package func startLeaving() {
    hasStartedLeaving = true
  }

  package func leave() {
    guard !isLeaving, channel.isOpen else { return }
    isLeaving = true
    endAnswers()
    // The extension closes its end when it sees that ours is done.
    channel.endSending()
    waitForFarewell()
  }

  /// What was sent as the document was left may be more than is read in one go.
  private func waitForFarewell() {
    isSpeaking = false
    farewells += 1
    farewell = MainLoop.after(milliseconds: Self.farewellMilliseconds) { [weak self] in
      guard let self else { return }
      farewell = nil
      if isSpeaking, farewells < Self.farewellLimit { waitForFarewell() } else { close() }
    }
  }

  package func close() {
    guard channel.isOpen else { return }
    channel.close()
    ended()
  }

  private func ended() {
    endAnswers()
    farewell?.cancel()
    farewell = nil
    onEnd?()
  }
}
