// The router's neighbours: the document that calls, and the page that the document is in.

/// A document that calls the app.
@MainActor package protocol IpcDocument: AnyObject {
  /// Whether it may call the app. A call of any other document finds no listener and no handler.
  var isTrusted: Bool { get }
  /// Frees answers that contain themselves.
  var collector: CycleCollector { get }
  /// Sends an encoded envelope, and ports with it.
  func send(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor]) throws(SendError)
  /// Writes to the log about a call of this document.
  func report(_ problem: IpcProblem)
}

extension IpcDocument {
  /// Sends an encoded envelope that has no ports.
  func send(_ envelope: EncodedEnvelope) throws(SendError) { try send(envelope, ports: []) }
}

/// A problem with a call, for the log.
package enum IpcProblem {
  /// It is of a document that may not call the app.
  case untrusted
  /// It has no channel.
  case noChannel
  /// Its envelope has a kind that is not known.
  case unknownKind(UInt8)
  /// Too many calls of the page wait for their answers.
  case tooManyUnanswered
  /// A synchronous call that nothing listens to.
  case unheard(channel: String)
  /// A listener did not run: its arguments are not as declared.
  case skippedListener(String)
  /// A handler threw, or did not answer.
  case failedHandler(String, IpcFailure)
}

/// The page that documents are in: what routing needs of the app's objects.
@MainActor package protocol IpcPage: AnyObject {
  associatedtype Document: IpcDocument
  associatedtype MessageEvent
  associatedtype InvokeEvent
  typealias Emitter = IpcEmitter<MessageEvent, InvokeEvent>

  /// The emitters of a document's calls: its frame's, its page's and the app's.
  func emitters(of document: Document) -> (frame: Emitter, page: Emitter, app: Emitter)
  /// The event that comes with a message.
  func event(of document: Document, _ reply: SyncReply?, ports: [OwnedDescriptor]) -> MessageEvent
  /// The event that comes with a call of `invoke`.
  func invokeEvent(of document: Document) -> InvokeEvent
  /// Hears of a message of `send` or `sendSync` before the emitters do.
  func willEmit(_ message: IpcMessage, _ event: MessageEvent, isSync: Bool)
}
