// The reply to `sendSync`, which blocks the renderer.

package import MartletClone

/// Answers one synchronous call, once.
///
/// Rule S-40: releasing the last reference without an answer gives the renderer an error, so that it does not
/// wait for ever.
@MainActor
package final class SyncReply {
  private var answer: (@MainActor (EncodedEnvelope) -> Void)?
  private let collector: CycleCollector

  /// - Parameters:
  ///   - collector: Frees an answer that contains itself.
  ///   - answer: Receives the encoded reply envelope.
  package init(collector: CycleCollector, _ answer: @escaping @MainActor (EncodedEnvelope) -> Void) {
    self.collector = collector
    self.answer = answer
  }

  /// Why the listener that should have answered did not; used when no answer is given.
  package var reason: String?

  /// Whether the call has been answered.
  package var isAnswered: Bool { answer == nil }

  /// Unblocks the renderer with `value`. Only the first answer counts (S-38).
  ///
  /// When the value cannot be cloned, the renderer's `sendSync` throws an error that says so.
  package func succeed(_ value: CloneValue) {
    if isAnswered { return }
    do {
      finish(try IpcReply.encode(value, collector))
    } catch {
      fail(error.message)
    }
  }

  /// Unblocks the renderer with the value of the encoded answer `[true, value]`.
  package func succeed(encoded answer: [UInt8]) {
    if isAnswered { return }
    do {
      finish(try Envelope.wrap(.reply, encoded: answer))
    } catch {
      fail(error.message)
    }
  }

  /// Unblocks the renderer: its `sendSync` throws an error with this text.
  package func fail(_ text: String) {
    if isAnswered { return }
    finish(IpcReply.failure(IpcFailure(detail: text)))
  }

  private func finish(_ envelope: EncodedEnvelope) {
    guard let answer else { return }
    self.answer = nil
    answer(envelope)
  }

  isolated deinit {
    let detail = IpcFailure.neverSent.detail
    fail(reason.map { "\(detail): \($0)" } ?? detail)
  }
}
