// Envelopes over a socket whose other end the renderer extension holds: no hop through WebKit's own
// processes, and a synchronous call is a blocking receive over there, on a socket that carries answers and
// nothing else.

internal import MartletGLib
package import MartletIPC

package final class LaneTransport: RendererTransport {
  package var onEnvelope: (@MainActor (Envelope, SyncReply?) -> Void)?
  package var onViolation: (@MainActor (String) -> Void)?
  package var onEnd: (@MainActor () -> Void)?

  /// How long a document that has been left may be silent before it is not listened to any more, and how many
  /// such times it may speak. It says itself when it is done; the page that comes after it may keep their
  /// process for seconds.
  private static let silenceMilliseconds: UInt32 = 10_000
  private static let silenceLimit = 3

  /// How long a document whose handlers of its end are running waits for an answer.
  private static let lastAnswerMilliseconds: UInt32 = 1000

  private let lane: LaneSource
  /// Where synchronous calls are answered. Closing it ends the renderer's wait.
  private var answers: LaneSource?
  private var lastAnswer: SourceToken?
  private var hasStartedLeaving = false
  private var unloadTimer: SourceToken?
  private var silences = 0
  /// Whether it has spoken since the last look.
  private var isSpeaking = false
  private var isLeaving = false

  package init(_ socket: OwnedDescriptor) {
    lane = LaneSource(socket, gathers: true)
    lane.onEnvelope = { [unowned self] in deliver($0) }
    lane.onEnd = { [unowned self] violation in
      if let violation { onViolation?(violation) }
      ended()
    }
    lane.start()
  }

  isolated deinit {
    endAnswers()
    unloadTimer?.cancel()
    lane.close()
  }

  package func send(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor]) throws(SendError) {
    guard !isLeaving else { throw .closed }
    try lane.send(envelope, ports: ports)
  }

  package func drain(until end: Int) {
    lane.drain(until: end)
  }

  // MARK: Synchronous calls

  private func deliver(_ envelope: Envelope) {
    isSpeaking = true
    guard envelope.kind == .sendSync else { return onEnvelope?(envelope, nil) ?? () }
    if let socket = envelope.ports.first { answer(on: socket) }
    let reply = SyncReply { [weak self] in self?.answer(with: $0) }
    onEnvelope?(envelope, reply)
    if hasStartedLeaving, !reply.isAnswered { waitForLastAnswer() }
  }

  private func answer(with envelope: EncodedEnvelope) {
    do throws(SendError) {
      try answers?.send(envelope)
    } catch {
      if error == .exhausted { try? answers?.send(IpcReply.failure(.noResources)) }
    }
  }

  /// A document that is not spoken to any more does not wait, either.
  private func answer(on socket: OwnedDescriptor) {
    endAnswers()
    guard !isLeaving, lane.isOpen else { return }
    answers = LaneSource(socket, gathers: false)
    answers?.onEnd = { [unowned self] violation in
      guard let violation else { return }
      lane.close()
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
    guard !isLeaving, lane.isOpen else { return }
    isLeaving = true
    endAnswers()
    // The extension closes its end when it sees that ours is done.
    lane.endSending()
    waitForUnload()
  }

  /// What was sent as the document was left may be more than is read in one go.
  private func waitForUnload() {
    isSpeaking = false
    silences += 1
    unloadTimer = MainLoop.after(milliseconds: Self.silenceMilliseconds) { [weak self] in
      guard let self else { return }
      unloadTimer = nil
      if isSpeaking, silences < Self.silenceLimit { waitForUnload() } else { close() }
    }
  }

  package func close() {
    guard lane.isOpen else { return }
    lane.close()
    ended()
  }

  private func ended() {
    endAnswers()
    unloadTimer?.cancel()
    unloadTimer = nil
    onEnd?()
  }
}
