// The answer to one invoke, and the encoding of reply envelopes: rules S-29 to S-36.

public import MartletClone

/// Answers one `ipcRenderer.invoke`, once, now or later.
///
/// ```swift
/// var waiting: [InvokeReply] = []
/// ipcMain.handleWithReply("next-job") { (_, reply: InvokeReply) in waiting.append(reply) }
/// func add(_ job: String) { if !waiting.isEmpty { waiting.removeFirst().succeed(job) } }
/// ```
///
/// Releasing the last reference without an answer rejects the renderer's promise with `Error invoking remote
/// method '<channel>': reply was never sent`. An answer to a page that has gone does nothing. Electron has no
/// counterpart: there, the garbage collector finds promises that can no longer be settled.
@MainActor public final class InvokeReply {
  private let channel: String
  private let call: UInt32
  private let document: any IpcDocument
  /// Counts the call as pending until it is answered.
  private var hold: UnansweredCalls.Hold?
  /// Whether the call has been answered. Answers after the first are ignored.
  public private(set) var isAnswered = false

  init(to call: UInt32, on channel: String, of document: any IpcDocument, _ hold: UnansweredCalls.Hold) {
    self.hold = hold
    self.channel = channel
    self.call = call
    self.document = document
  }

  /// Resolves the renderer's promise. A value that cannot be cloned rejects it with an error that says so.
  public func succeed(_ value: some CloneEncodable) {
    if isAnswered { return }
    do {
      finish(IpcReply.success(call: call, try value.cloneValue(), document.collector))
    } catch {
      fail(error)
    }
  }

  /// Resolves the renderer's promise.
  ///
  /// - Parameter answer: The encoded value `[true, value]`.
  package func succeed(encoded answer: [UInt8]) {
    if isAnswered { return }
    do {
      finish(try Envelope.wrap(.reply, call: call, encoded: answer))
    } catch {
      fail(error)
    }
  }

  /// Resolves the renderer's promise with `undefined`.
  public func succeed() {
    succeed(CloneValue.undefined)
  }

  /// Rejects the renderer's promise, as an error that a handler of `handle` throws does.
  public func fail(_ error: any Error) {
    if isAnswered { return }
    fail(IpcFailure(error))
  }

  private func fail(_ failure: IpcFailure) {
    document.report(.failedHandler(channel, failure))
    finish(IpcReply.failure(call: call, failure))
  }

  private func finish(_ envelope: EncodedEnvelope) {
    isAnswered = true
    hold = nil
    do throws(SendError) {
      try document.send(envelope, ports: [])
    } catch {
      guard error == .exhausted else { return }
      document.report(.failedHandler(channel, .noResources))
      try? document.send(IpcReply.failure(call: call, .noResources))
    }
  }

  isolated deinit {
    if !isAnswered { fail(.neverSent) }
  }
}

/// Encodes reply envelopes: `[ok, value]`.
package enum IpcReply {
  /// A reply envelope with `value`. A value that cannot be cloned becomes a failure that says so (S-33).
  @MainActor package static func success(
    call: UInt32 = 0, _ value: CloneValue, _ collector: CycleCollector
  ) -> EncodedEnvelope {
    do {
      return try encode(call: call, value, collector)
    } catch {
      return failure(call: call, IpcFailure(error))
    }
  }

  /// Encodes `value` and adds it to the collector: no caller keeps it, so its cycles can be freed.
  @MainActor static func encode(
    call: UInt32 = 0, _ value: CloneValue, _ collector: CycleCollector
  ) throws(CloneError) -> EncodedEnvelope {
    var hasCycles = false
    let bytes = try Envelope.encode(.reply, call: call, [true, value], hasCycles: &hasCycles)
    if hasCycles { collector.add(value) }
    return bytes
  }

  package static func failure(call: UInt32 = 0, _ failure: IpcFailure) -> EncodedEnvelope {
    let about = CloneObject([("detail", .string(CloneString(failure.detail)))])
    if let name = failure.name { about["name"] = .string(CloneString(name)) }
    if let code = failure.code { about["code"] = .string(CloneString(code)) }
    if let data = failure.data { about["data"] = data }
    do {
      return try Envelope.encode(.reply, call: call, [false, .object(about)])
    } catch {
      // Only `data` is a value of the app, so only it can fail to encode.
      var plain = failure
      plain.data = nil
      return self.failure(call: call, plain)
    }
  }
}
