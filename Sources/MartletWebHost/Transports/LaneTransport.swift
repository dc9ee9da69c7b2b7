// The lane of a document, whose other end the renderer extension holds. It avoids hops through WebKit's own
// processes. A synchronous call is a blocking receive in the web process, on a socket that carries only
// replies.

internal import MartletGLib
package import MartletIPC

package final class LaneTransport: LaneSource, RendererTransport {
  /// How long an unloading document may be silent before the lane is closed, and the maximum number of such
  /// periods. The document itself reports its end; the next page may keep their process busy for seconds.
  private static let silenceMilliseconds: UInt32 = 10_000
  private static let silenceLimit = 3

  /// How long a document whose unload handlers are running waits for a reply.
  private static let lastAnswerMilliseconds: UInt32 = 1000

  /// The socket for replies to synchronous calls. Closing it ends the renderer's wait.
  private var answers: LaneSource?
  private var lastAnswer: SourceToken?
  private var hasStartedUnloading = false
  private var unloadTimer: SourceToken?
  private var silences = 0
  private var isUnloaded = false

  /// Takes over the socket. It receives for `document`, which owns this transport.
  package init(_ socket: OwnedDescriptor, of document: any EnvelopeReceiver) {
    super.init(socket, gathers: true, receiver: document)
    start()
  }

  isolated deinit {
    endAnswers()
    unloadTimer?.cancel()
    close()
  }

  // MARK: Synchronous calls

  package func syncReply(on socket: OwnedDescriptor?) -> SyncReply? {
    if let socket { answer(on: socket) }
    if hasStartedUnloading { waitForLastAnswer() }
    return SyncReply(collector: .onMainLoop) { [weak self] in self?.answer(with: $0) }
  }

  private func answer(with envelope: EncodedEnvelope) {
    lastAnswer?.cancel()
    lastAnswer = nil
    do throws(SendError) {
      try answers?.send(envelope)
    } catch {
      if error == .exhausted { try? answers?.send(IpcReply.failure(.noResources)) }
    }
  }

  /// A document that has been left does not wait for replies either.
  private func answer(on socket: OwnedDescriptor) {
    endAnswers()
    guard !isUnloaded, isOpen else { return }
    answers = LaneSource(socket, gathers: false, receiver: self)
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

  package func startUnloading() {
    hasStartedUnloading = true
  }

  package func leave() {
    guard !isUnloaded, isOpen else { return }
    isUnloaded = true
    endAnswers()
    // The extension closes its end when it sees the end of ours.
    endSending()
    waitForUnload()
  }

  /// The document may have sent more while unloading than one burst reads.
  private func waitForUnload() {
    let heard = receivedCount
    silences += 1
    unloadTimer = MainLoop.after(milliseconds: Self.silenceMilliseconds) { [weak self] in
      guard let self else { return }
      unloadTimer = nil
      if receivedCount != heard, silences < Self.silenceLimit { waitForUnload() } else { end(nil) }
    }
  }

  package override func end(_ violation: String?) {
    guard isOpen else { return }
    endAnswers()
    unloadTimer?.cancel()
    unloadTimer = nil
    super.end(violation)
  }
}

/// The reply socket. Nothing is received on it.
extension LaneTransport: EnvelopeReceiver {
  package func receive(_ envelope: Envelope, _ reply: SyncReply?) {}

  package func receivedEnd(_ violation: String?) {
    if let violation { end(violation) }
  }
}
