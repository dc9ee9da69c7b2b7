// What a listener and a handler are told about a message besides its arguments.

internal import MartletIPC
public import MartletClone

/// Comes with a message of `ipcRenderer.send`, `sendSync` or `postMessage`.
public final class IpcMainEvent {
  /// The contents of the window that sent it.
  public let sender: WebContents
  /// The ports that came with a message of `ipcRenderer.postMessage`; none with any other. Those that no
  /// listener starts or keeps are closed.
  public let ports: [MessagePortMain]
  private let frame: SenderFrame
  private let syncReply: SyncReply?
  /// The first value that was assigned to `returnValue`.
  private var assigned: (any CloneEncodable)?

  init(
    sender: WebContents, frame: SenderFrame, syncReply: SyncReply?, ports: [MessagePortMain] = []
  ) {
    self.sender = sender
    self.ports = ports
    self.frame = frame
    self.syncReply = syncReply
  }

  /// The frame that sent it; nil once the document that did is gone.
  public var senderFrame: WebFrameMain? { frame.frame }

  /// The numbers of the frame that sent it, which stay when it is gone: see `WebContents.sendToFrame`.
  public var processID: Int { frame.processID }
  /// WebKit's number of that frame, unique with `processID`.
  public var frameID: Int { frame.frameID }

  /// The result of the renderer's `sendSync`: the first value that any listener assigns. Until then reading
  /// gives `undefined`.
  ///
  /// An event of `send` ignores it. A listener may keep the event and assign later; the renderer waits. When
  /// the event is let go without a value, the renderer's `sendSync` throws `reply was never sent`.
  public var returnValue: any CloneEncodable {
    get { assigned ?? CloneValue.undefined }
    set {
      guard let syncReply, assigned == nil else { return }
      assigned = newValue
      do {
        syncReply.succeed(try newValue.cloneValue())
      } catch {
        syncReply.fail("\(error.message)")
      }
    }
  }

  /// Sends a message back to the frame that this one came from.
  ///
  /// - Returns: Whether it was sent. False when the frame is gone.
  @discardableResult
  public func reply<each A: CloneEncodable>(_ channel: String, _ arguments: repeat each A) -> Bool {
    senderFrame?.send(channel, repeat each arguments) ?? false
  }
}

/// Comes with a call of `ipcRenderer.invoke`.
public final class IpcMainInvokeEvent {
  /// The contents of the window that called.
  public let sender: WebContents
  private let frame: SenderFrame

  init(sender: WebContents, frame: SenderFrame) {
    self.sender = sender
    self.frame = frame
  }

  /// The frame that called; nil once the document that did is gone.
  public var senderFrame: WebFrameMain? { frame.frame }

  /// The numbers of the frame that called, which stay when it is gone: see `WebContents.sendToFrame`.
  public var processID: Int { frame.processID }
  /// WebKit's number of that frame, unique with `processID`.
  public var frameID: Int { frame.frameID }
}
