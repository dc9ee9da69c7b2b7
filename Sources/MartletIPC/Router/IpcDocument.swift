// The router's interfaces: the calling document, and the page that contains it.

/// A document that calls the app.
@MainActor package protocol IpcDocument: AnyObject {
  /// Whether the document may call the app. A call of an untrusted document finds no listener and no handler.
  var isTrusted: Bool { get }
  /// Frees answers that contain themselves.
  var collector: CycleCollector { get }
  /// Sends an encoded envelope, and ports with it.
  func send(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor]) throws(SendError)
  /// Writes to the log about a call of this document.
  func report(_ problem: IpcProblem)
}

extension IpcDocument {
  /// Sends an encoded envelope without ports.
  func send(_ envelope: EncodedEnvelope) throws(SendError) { try send(envelope, ports: []) }
}

/// A problem with a call, for the log.
package enum IpcProblem {
  /// The calling document may not call the app.
  case untrusted
  /// The call has no channel.
  case noChannel
  /// The envelope's kind is unknown.
  case unknownKind(UInt8)
  /// The page has too many pending calls.
  case tooManyUnanswered
  /// No listener for a synchronous call.
  case unheard(channel: String)
  /// A listener was skipped: the arguments do not match its declared types.
  case skippedListener(String)
  /// A handler threw, or did not answer.
  case failedHandler(String, IpcFailure)
}

/// The page that contains the documents: the interface to the app's objects that routing needs.
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
  /// Called with a message of `send` or `sendSync` before it is emitted.
  func willEmit(_ message: IpcMessage, _ event: MessageEvent, isSync: Bool)
}
