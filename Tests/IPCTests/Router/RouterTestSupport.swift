// A page with a router, and a document whose replies are recorded.

import MartletClone
import Testing

@testable import MartletIPC

/// A calling document.
@MainActor final class FakeDocument: IpcDocument {
  var isTrusted = true
  let collector = CycleCollector()
  /// The replies in the order in which they were sent.
  private(set) var replies: [(call: UInt32, isSuccess: Bool, value: CloneValue)] = []
  /// The problems reported for the log.
  private(set) var problems: [IpcProblem] = []
  /// The errors that the next sends throw.
  var failures: [SendError] = []
  /// Whether sends throw because the renderer is gone.
  var isGone = false

  func send(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor]) throws(SendError) {
    if isGone { throw .closed }
    if !failures.isEmpty { throw failures.removeFirst() }
    guard let reply = try? reply(in: envelope) else { return }
    replies.append(reply)
  }

  func report(_ problem: IpcProblem) { problems.append(problem) }

  /// The value of the only reply; nil when there is not exactly one, or it is a failure.
  var onlyValue: String? {
    replies.count == 1 && replies[0].isSuccess ? replies[0].value.description : nil
  }

  /// The detail of the only reply, a failure: the renderer's text after `Error invoking remote method`.
  var onlyFailure: String? {
    guard replies.count == 1, !replies[0].isSuccess else { return nil }
    return try? String.decode(from: replies[0].value["detail"])
  }
}

/// A page with a frame, and its app.
@MainActor final class FakePage: IpcPage {
  typealias Emitter = IpcEmitter<Event, FakeDocument>

  final class Event {
    let document: FakeDocument
    let reply: SyncReply?
    let ports: [OwnedDescriptor]

    init(_ document: FakeDocument, _ reply: SyncReply?, _ ports: [OwnedDescriptor]) {
      self.document = document
      self.reply = reply
      self.ports = ports
    }
  }

  let frame = Emitter()
  let page = Emitter()
  let app = Emitter()
  /// Called with each message before the emitters.
  var onMessage: ((_ channel: String, _ event: Event, _ isSync: Bool) -> Void)?
  private(set) lazy var router = IpcRouter(self)

  var emitters: [(name: String, emitter: Emitter)] {
    [("frame", frame), ("page", page), ("app", app)]
  }

  func emitters(of document: FakeDocument) -> (frame: Emitter, page: Emitter, app: Emitter) {
    (frame, page, app)
  }

  func event(of document: FakeDocument, _ reply: SyncReply?, ports: [OwnedDescriptor]) -> Event {
    Event(document, reply, ports)
  }

  func invokeEvent(of document: FakeDocument) -> FakeDocument { document }

  func willEmit(_ message: IpcMessage, _ event: Event, isSync: Bool) {
    onMessage?(message.channel, event, isSync)
  }

  // MARK: Actions of a document

  func send(_ arguments: CloneValue..., from document: FakeDocument) throws {
    try receive(.send, .array(CloneArray(arguments)), from: document)
  }

  func invoke(_ arguments: CloneValue..., call: UInt32 = 1, from document: FakeDocument) throws {
    try receive(.invoke, .array(CloneArray(arguments)), call: call, from: document)
  }

  /// Blocks on a reply: returns it once it has arrived.
  func sendSync(_ arguments: CloneValue..., from document: FakeDocument) throws -> SyncAnswer {
    let answer = SyncAnswer()
    try receive(.sendSync, .array(CloneArray(arguments)), from: document, reply: answer.reply())
    return answer
  }

  /// Sends ports with a message; the sender's references are released here.
  func postMessage(_ arguments: CloneValue..., ports: [OwnedDescriptor], from document: FakeDocument) throws {
    let line = try Line()
    try line.peerSends(Envelope.encode(.postMessage, .array(CloneArray(arguments))), ports: ports)
    guard case .envelope(let envelope) = try line.receive() else { return }
    router.receive(IpcCall(.postMessage, envelope), from: document, nil)
  }

  func receive(
    _ kind: Envelope.Kind, _ value: CloneValue, call: UInt32 = 0, from document: FakeDocument,
    reply: SyncReply? = nil
  ) throws {
    switch DocumentEnvelope(try Envelope(bytes: Envelope.encode(kind, call: call, value).joined())) {
    case .call(let call): router.receive(call, from: document, nil)
    case .syncCall(let call): router.receive(call, from: document, reply)
    default: Issue.record("\(kind) is no call")
    }
  }
}

extension Line {
  /// Sends an envelope with ports.
  fileprivate func peerSends(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor]) throws {
    try Lane(peer).send(envelope, ports: ports)
  }
}

/// The answer to a synchronous call.
@MainActor final class SyncAnswer {
  private(set) var isThere = false
  private(set) var value: CloneValue = .undefined
  /// The error that `sendSync` throws.
  private(set) var failure: String?

  fileprivate func reply() -> SyncReply {
    SyncReply(collector: CycleCollector()) { [self] in
      isThere = true
      guard let answer = try? IPCTests.reply(in: $0) else { return }
      value = answer.value
      failure = answer.isSuccess ? nil : try? String.decode(from: answer.value["detail"])
    }
  }
}

extension IpcEmitter {
  @discardableResult
  func on(_ channel: String, once: Bool = false, _ listener: @escaping Listener) -> UInt64 {
    listeners.add(channel, once: once, listener)
  }

  func handle(
    _ channel: String, once: Bool = false,
    _ handler: @escaping @MainActor (InvokeEvent, IpcArguments) async throws -> CloneValue
  ) throws {
    try handle(channel, once: once, .returning(handler))
  }
}
