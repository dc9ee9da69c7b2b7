// The only path from a document's call to the app's listeners and handlers: frame, then page, then ipcMain.
// Rules S-02 to S-08, S-31, S-35 and S-40.

package import MartletClone

/// Receives the calls of documents of one type.
@MainActor package protocol IpcCallReceiver<Document>: AnyObject {
  associatedtype Document: IpcDocument

  /// - Parameter reply: For a synchronous call, the reply that the document is blocked on.
  func receive(_ call: IpcCall, from document: Document, _ reply: SyncReply?)
}

/// Routes the calls of a page's documents in their order of arrival.
@MainActor package final class IpcRouter<Page: IpcPage>: IpcCallReceiver {
  /// Unowned because the page owns the router.
  private unowned let page: Page
  /// Counts pending calls, including those of documents that are gone.
  private let unanswered = UnansweredCalls()

  package init(_ page: Page) {
    self.page = page
  }

  package func receive(_ call: IpcCall, from document: Page.Document, _ reply: SyncReply?) {
    // An untrusted call gets the same answer as one without listeners: its document does not learn which
    // channels exist.
    if !document.isTrusted { document.report(.untrusted) }
    guard let message = call.message else { return document.report(.noChannel) }
    // A name that a Swift string cannot hold matches no listener's channel (S-37).
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

  /// Gives a message to all three emitters (S-02). Returns whether any of them has a listener.
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

  /// The log line for a skipped listener. The renderer gets it too, so it is kept short.
  private static func line(skipped error: any Error, on channel: String) -> String {
    let line = "Listener for '\(channel)' skipped: \(error)"
    let limit = 600
    return line.utf8.count <= limit ? line : String(decoding: line.utf8.prefix(limit), as: UTF8.self) + "…"
  }

  // MARK: Calls

  /// Takes the handler of the nearest emitter that has one (S-03). Only that one is taken, because taking a
  /// handler for one call removes it.
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
      // Immediate: handlers start in call order, and a handler that never suspends needs no hop to another
      // job.
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

/// A call that the document made through `ipcRenderer`.
package struct IpcCall {
  package enum Kind { case send, sendSync, postMessage, invoke }

  package let kind: Kind
  /// The channel and the arguments. Nil when the call has no channel.
  package let message: IpcMessage?
  /// Pairs an invoke with its reply.
  package let number: UInt32
  /// Approximate memory in bytes that the arguments keep alive.
  package let footprint: Int
  package let ports: [OwnedDescriptor]

  @MainActor package init(_ kind: Kind, _ envelope: Envelope) {
    self.init(
      kind, envelope.body.map(IpcMessage.init(_:)) ?? IpcMessage(envelope.value), number: envelope.call,
      footprint: envelope.footprint,
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
  /// Whether `channel` is exactly what the renderer sent. A Swift string cannot hold a lone surrogate. A name
  /// with one matches no channel, and must not reach the listeners of the repaired name (S-37).
  package let isNameable: Bool
  package let arguments: IpcArguments

  /// Nil when `value` does not have this form.
  ///
  /// An array whose length exceeds its elements is refused too: no bridge sends one, and a hostile renderer
  /// could make the main process allocate room for four billion arguments.
  package init?(_ value: CloneValue) {
    guard case .array(let message) = value, message.isDense, case .string(let name) = message[0] else {
      return nil
    }
    self.init(name, .decoded(message.elements.dropFirst()))
  }

  /// Nil when the call has no channel.
  @MainActor init?(_ call: EncodedCall) {
    guard let name = call.bytes.withUnsafeBytes(CloneCodec.leadingString) else { return nil }
    self.init(name, .encoded(call))
  }

  private init(_ name: CloneString, _ arguments: IpcArguments) {
    channel = String(name)
    isNameable = CloneString(channel) == name
    self.arguments = arguments
  }
}
