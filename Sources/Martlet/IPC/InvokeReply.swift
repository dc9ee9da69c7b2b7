// The answer to one invoke: S-29 to S-36.

internal import MartletGLib
internal import MartletIPC
public import MartletClone
internal import MartletWebHost

/// Answers one `ipcRenderer.invoke`, once, now or later.
///
/// ```swift
/// var waiting: [InvokeReply] = []
/// ipcMain.handleWithReply("next-job") { (_, reply: InvokeReply) in waiting.append(reply) }
/// func add(_ job: String) { if !waiting.isEmpty { waiting.removeFirst().succeed(job) } }
/// ```
///
/// When the last owner lets go of it unanswered, the renderer's promise rejects with `Error invoking remote
/// method '<channel>': reply was never sent`. An answer to a page that has gone does nothing. Electron has no
/// such thing: there, a promise that nobody can settle any longer is found by its garbage collector.
public final class InvokeReply {
  private let channel: String
  private let call: UInt32
  private let contents: WebContents
  private let document: RendererDocument
  /// What the call is counted by until it is answered.
  private var hold: UnansweredCalls.Hold?
  /// Whether there is an answer; what comes after the first is ignored.
  public private(set) var isAnswered = false

  init(
    to call: UInt32, on channel: String, of document: RendererDocument, in contents: WebContents,
    _ hold: UnansweredCalls.Hold
  ) {
    self.hold = hold
    self.channel = channel
    self.call = call
    self.document = document
    self.contents = contents
  }

  /// Resolves the renderer's promise. A value that cannot be cloned rejects it with an error that says so.
  public func succeed(_ value: some CloneEncodable) {
    if isAnswered { return }
    do {
      finish(IpcReply.success(call: call, try value.cloneValue()))
    } catch {
      fail(error)
    }
  }

  /// Resolves the renderer's promise with `undefined`.
  public func succeed() {
    succeed(CloneValue.undefined)
  }

  /// Rejects the renderer's promise, as an error does that a handler of `handle` throws.
  public func fail(_ error: any Error) {
    if isAnswered { return }
    fail(IpcFailure(error))
  }

  private func fail(_ failure: IpcFailure) {
    report(failure)
    finish(IpcReply.failure(call: call, failure))
  }

  private func report(_ failure: IpcFailure) {
    document.log.write(.failedHandler) {
      "Error occurred in handler for '\(channel)': \(failure.detail.cut(to: 500)) "
        + "(WebContents #\(contents.id), \(document.url.cut(to: 300)))"
    }
  }

  private func finish(_ envelope: EncodedEnvelope) {
    isAnswered = true
    hold = nil
    do throws(SendError) {
      try document.send(envelope)
    } catch {
      guard error == .exhausted else { return }
      report(.noResources)
      try? document.send(IpcReply.failure(call: call, .noResources))
    }
  }

  isolated deinit {
    if !isAnswered { fail(.neverSent) }
  }
}
