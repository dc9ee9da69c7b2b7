// Gives the IPC router the page's emitters and events.

internal import MartletClone
package import MartletIPC
package import MartletWebHost

extension WebContents: IpcPage {
  package func emitters(of document: RendererDocument) -> (
    frame: IpcMain.Emitter, page: IpcMain.Emitter, app: IpcMain.Emitter
  ) {
    (frame(of: document).ipc.emitter, ipc.emitter, ipcMain.emitter)
  }

  package func event(of document: RendererDocument, _ reply: SyncReply?, ports: [OwnedDescriptor])
    -> IpcMainEvent
  {
    IpcMainEvent(
      sender: self, frame: SenderFrame(of: document, in: self), syncReply: reply,
      ports: ports.isEmpty ? [] : ports.map(MessagePortMain.init))
  }

  package func invokeEvent(of document: RendererDocument) -> IpcMainInvokeEvent {
    IpcMainInvokeEvent(sender: self, frame: SenderFrame(of: document, in: self))
  }

  package func willEmit(_ message: MartletIPC.IpcMessage, _ event: IpcMainEvent, isSync: Bool) {
    let name: Event<WebContents, IpcMessage> = isSync ? .ipcMessageSync : .ipcMessage
    guard hasListeners(name) else { return }
    let arguments = (try? message.arguments.values()) ?? []
    emit(name, IpcMessage(event: event, channel: message.channel, arguments: Array(arguments)))
  }
}
