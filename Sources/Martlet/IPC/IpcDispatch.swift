// The one place where frames of a renderer become calls of the app: frame by frame, in the order they were sent.

internal import GLibKit
internal import IPC
internal import StructuredClone
internal import WebHost

struct IpcDispatch {
  let contents: WebContents
  let document: RendererDocument

  /// Emitters from the nearest to the widest: all of them get a message (S-02), the first with a handler answers
  /// an invoke (S-03).
  private var emitters: [IpcMain] { [contents.ipc, ipcMain] }

  private var sender: SenderDocument { SenderDocument(document, of: contents) }

  func receive(_ frame: Frame, _ reply: SyncReply?) {
    guard document.isTrusted else {
      return Log.warning("ignored a message of \(document.url), which is no page of the app")
    }
    guard let message = IpcMessage(frame.value) else {
      return Log.warning("ignored a message without a channel from \(document.url)")
    }
    switch frame.kind {
    case .send: emit(message.channel, message.arguments, nil)
    case .sendSync: emit(message.channel, message.arguments, reply)
    case .invoke: invoke(message.channel, frame.call, message.arguments)
    default: Log.warning("ignored a frame of unknown kind \(frame.kind.number) from \(document.url)")
    }
  }

  private func emit(_ channel: String, _ arguments: ArraySlice<CloneValue>, _ reply: SyncReply?) {
    let event = IpcMainEvent(sender: contents, document: sender, syncReply: reply)
    var heard = false
    for emitter in emitters where emitter.emit(channel, event, arguments) { heard = true }
    if !heard, reply != nil {
      Log.warning(
        "WebContents #\(contents.id) called ipcRenderer.sendSync() with '\(channel)' channel without listeners.")
    }
  }

  private func invoke(_ channel: String, _ call: UInt32, _ arguments: ArraySlice<CloneValue>) {
    // The first that has one, and only that one is asked: to look is to take.
    var handler: IpcMain.Handler?
    for emitter in emitters where handler == nil { handler = emitter.takeHandler(channel) }
    guard let handler else { return document.send(IpcReply.failure(call: call, .noHandler(for: channel))) }
    let event = IpcMainInvokeEvent(sender: contents, document: sender)
    // Immediate: handlers start in the order of the calls, and one that never suspends costs no hop.
    Task.immediate { @MainActor in
      do {
        let value = try await handler(event, arguments)
        document.send(IpcReply.success(call: call, value))
      } catch {
        let failure = IpcFailure(error)
        Log.warning(
          "Error occurred in handler for '\(channel)': \(failure.detail) (WebContents #\(contents.id), \(document.url))")
        document.send(IpcReply.failure(call: call, failure))
      }
    }
  }
}
