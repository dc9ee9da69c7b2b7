// The one place where envelopes of a renderer become calls of the app: envelope by envelope, in the order they were sent.

internal import MartletGLib
internal import MartletIPC
internal import MartletClone
internal import MartletWebHost

struct IpcDispatch {
  let contents: WebContents
  let document: RendererDocument

  /// Emitters from the nearest to the widest: all of them get a message (S-02), the first with a handler answers
  /// an invoke (S-03).
  private func emitters(for message: IpcMessage) -> [IpcMain] {
    message.isNameable && document.isTrusted ? [frame.ipc, contents.ipc, ipcMain] : []
  }

  private var frame: WebFrameMain {
    document.frame.isGone
      ? document.companion as? WebFrameMain ?? contents.frame(document.frame)
      : contents.frame(document.frame)
  }

  private var sender: SenderDocument { SenderDocument(document, of: contents) }

  func receive(_ envelope: Envelope, _ reply: SyncReply?) {
    if !document.isTrusted {
      // Goes on as if nobody listened: whoever may not call does not learn what there is to call.
      document.complain(.stranger, "ignored messages of what is no page of the app")
    }
    guard let message = IpcMessage(envelope.value) else {
      return document.complain(.malformed, "ignored messages without a channel")
    }
    switch envelope.kind {
    case .send: emit(.send, message)
    case .sendSync: emit(.sendSync, message, reply)
    case .postMessage: emit(.postMessage, message, ports: envelope.ports)
    case .invoke: invoke(message, envelope)
    default: document.complain(.malformed, "ignored envelopes of the unknown kind \(envelope.kind.number)")
    }
  }

  private func emit(
    _ kind: Envelope.Kind, _ message: IpcMessage, _ reply: SyncReply? = nil, ports: [OwnedDescriptor] = []
  ) {
    let event = IpcMainEvent(
      sender: contents, document: sender, syncReply: reply, ports: ports.map(MessagePortMain.init))
    if kind != .postMessage { tell(event, message, isSync: reply != nil) }
    var heard = false
    for emitter in emitters(for: message)
    where emitter.emit(message.channel, event, message.arguments) { heard = true }
    if !heard, reply != nil {
      document.log.write(.unheard) {
        "WebContents #\(contents.id) called ipcRenderer.sendSync() with '\(message.channel.cut(to: 500))' channel without listeners."
      }
    }
  }

  private func tell(_ event: IpcMainEvent, _ message: IpcMessage, isSync: Bool) {
    let name: Event<WebContents, WebContents.IpcMessage> = isSync ? .ipcMessageSync : .ipcMessage
    guard message.isNameable, document.isTrusted, contents.hasListeners(name) else { return }
    contents.emit(
      name,
      WebContents.IpcMessage(event: event, channel: message.channel, arguments: Array(message.arguments)))
  }

  private func invoke(_ message: IpcMessage, _ envelope: Envelope) {
    guard let hold = contents.unansweredCalls.hold(envelope.footprint) else {
      document.complain(.unanswered, "refused calls: too many wait for their answers")
      try? document.send(IpcReply.failure(call: envelope.call, .tooMuchUnanswered))
      return
    }
    // The first that has one, and only that one is asked: to look is to take.
    var handler: IpcMain.Handler?
    for emitter in emitters(for: message) where handler == nil {
      handler = emitter.takeHandler(message.channel)
    }
    guard let handler else {
      try? document.send(IpcReply.failure(call: envelope.call, .noHandler(for: message.channel)))
      return
    }
    let event = IpcMainInvokeEvent(sender: contents, document: sender)
    let reply = InvokeReply(to: envelope.call, on: message.channel, of: document, in: contents, hold)
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
