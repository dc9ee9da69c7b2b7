// The one way from a document's call to the app's listeners and handlers: frame, then page, then ipcMain. Rules S-02 to
// S-08, S-31, S-35 and S-40.

package import MartletClone

/// Receives the calls of documents of one kind.
@MainActor package protocol IpcCallReceiver<Document>: AnyObject {
  associatedtype Document: IpcDocument

  /// - Parameter reply: The reply that the document is blocked on, for a synchronous call.
  func receive(_ call: IpcCall, from document: Document, _ reply: SyncReply?)
}

/// Routes the calls of a page's documents, in the order in which they come.
@MainActor package final class IpcRouter<Page: IpcPage>: IpcCallReceiver {
  /// The page owns this.
  private unowned let page: Page
  /// Counts the calls that wait for their answers, those of documents that are gone among them.
  private let unanswered = UnansweredCalls()

  package init(_ page: Page) {
    self.page = page
  }

  package func receive(_ call: IpcCall, from document: Page.Document, _ reply: SyncReply?) {
    // The call goes on as if nothing listened: its document does not learn what there is to call.
    if !document.isTrusted { document.report(.untrusted) }
    guard let message = call.message else { return document.report(.noChannel) }
    // A name that Swift cannot hold is no listener's channel (S-37).
    let isHeard = document.isTrusted && message.isNameable
    switch call.kind {
    case .send, .sendSync:
      let isAnswered = isHeard && emit(message, from: document, reply)
      if !isAnswered, reply != nil { document.report(.unheard(channel: message.channel)) }
    case .postMessage:
      if isHeard { post(message, from: document, ports: call.ports) }
    case .invoke:
      invoke(call, message, from: document, isHeard: isHeard)
    }
  }

  // MARK: Messages

  /// All emitters get a message (S-02). Returns whether any has a listener.
  private func emit(_ message: IpcMessage, from document: Page.Document, _ reply: SyncReply?) -> Bool {
    let event = page.event(of: document, reply, ports: [])
    page.willEmit(message, event, isSync: reply != nil)
    return emit(message, event, from: document, reply)
  }

  private func post(_ message: IpcMessage, from document: Page.Document, ports: [OwnedDescriptor]) {
    _ = emit(message, page.event(of: document, nil, ports: ports), from: document, nil)
  }

  private func emit(
    _ message: IpcMessage, _ event: Page.MessageEvent, from document: Page.Document, _ reply: SyncReply?
  ) -> Bool {
    let skipped = { (error: any Error) in
      let line = Self.line(skipped: error, on: message.channel)
      document.report(.skippedListener(line))
      if let reply, reply.reason == nil { reply.reason = line }
    }
    let (frame, page, app) = page.emitters(of: document)
    let isHeardByFrame = frame.emit(message.channel, event, message.arguments, skipped: skipped)
    let isHeardByPage = page.emit(message.channel, event, message.arguments, skipped: skipped)
    let isHeardByApp = app.emit(message.channel, event, message.arguments, skipped: skipped)
    return isHeardByFrame || isHeardByPage || isHeardByApp
  }

  /// Why a listener did not run. The renderer gets it, too, so it is not longer than that needs.
  private static func line(skipped error: any Error, on channel: String) -> String {
    let line = "Listener for '\(channel)' skipped: \(error)"
    let limit = 600
    return line.utf8.count <= limit ? line : String(decoding: line.utf8.prefix(limit), as: UTF8.self) + "…"
  }

  // MARK: Calls

  /// The nearest emitter that has a handler answers (S-03). Only that one is asked: a handler for one call is removed
  /// when it is found.
  private func takeHandler(_ message: IpcMessage, of document: Page.Document) -> Page.Emitter.Handler? {
    let (frame, page, app) = page.emitters(of: document)
    return frame.takeHandler(message.channel) ?? page.takeHandler(message.channel)
      ?? app.takeHandler(message.channel)
  }

  private func invoke(
    _ call: IpcCall, _ message: IpcMessage, from document: Page.Document, isHeard: Bool
  ) {
    guard let hold = unanswered.hold(call.footprint) else {
      document.report(.tooManyUnanswered)
      try? document.send(IpcReply.failure(call: call.number, .tooMuchUnanswered))
      return
    }
    guard isHeard, let handler = takeHandler(message, of: document) else {
      try? document.send(IpcReply.failure(call: call.number, .noHandler(for: message.channel)))
      return
    }
    let event = page.invokeEvent(of: document)
    let reply = InvokeReply(to: call.number, on: message.channel, of: document, hold)
    switch handler {
    case .returning(let handler):
      // Immediate: handlers start in the order of the calls, and one that never suspends costs no hop.
      Task.immediate { @MainActor in
        do {
          reply.succeed(try await handler(event, message.arguments))
        } catch {
          reply.fail(error)
        }
      }
    case .replying(let handler):
      do {
        try handler(event, reply, message.arguments)
      } catch {
        reply.fail(error)
      }
    }
  }
}

/// A call of `ipcRenderer`.
package struct IpcCall {
  package enum Kind { case send, sendSync, postMessage, invoke }

  package let kind: Kind
  /// The channel and the arguments. Nil when there is no channel.
  package let message: IpcMessage?
  /// Pairs the reply to an invoke with its call.
  package let number: UInt32
  /// About how many bytes of memory the arguments keep.
  package let footprint: Int
  package let ports: [OwnedDescriptor]

  package init(_ kind: Kind, _ envelope: Envelope) {
    self.init(
      kind, IpcMessage(envelope.value), number: envelope.call, footprint: envelope.footprint,
      ports: envelope.ports)
  }

  init(
    _ kind: Kind, _ message: IpcMessage?, number: UInt32, footprint: Int, ports: [OwnedDescriptor] = []
  ) {
    self.kind = kind
    self.message = message
    self.number = number
    self.footprint = footprint
    self.ports = ports
  }
}

/// The channel and the arguments of a renderer's call.
package struct IpcMessage {
  package let channel: String
  /// Whether `channel` is what the renderer said. Swift cannot hold a lone surrogate: a name with one is nobody's
  /// channel, and must not reach whoever listens on the name that it is repaired to (S-37).
  package let isNameable: Bool
  package let arguments: ArraySlice<CloneValue>

  /// Nil when `value` is something else.
  ///
  /// An array with a length beyond its elements is something else, too: no bridge sends one, and a renderer that
  /// lies would have the main process make room for four billion arguments.
  package init?(_ value: CloneValue) {
    guard case .array(let message) = value, message.isDense, case .string(let name) = message[0] else {
      return nil
    }
    channel = String(name)
    isNameable = CloneString(channel) == name
    arguments = message.elements.dropFirst()
  }
}
