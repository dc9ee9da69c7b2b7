// The events that listeners and handlers receive with a message's arguments.

internal import MartletGLib
internal import MartletIPC
public import MartletClone

/// The event of a message sent by `ipcRenderer.send`, `sendSync` or `postMessage`. Electron: `IpcMainEvent`.
public final class IpcMainEvent {
  /// The contents that sent the message.
  public let sender: WebContents
  /// The ports of a message sent by `ipcRenderer.postMessage`; empty for other messages. A port that no
  /// listener starts or keeps is closed.
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

  /// The frame that sent the message; nil once the sending document is gone.
  public var senderFrame: WebFrameMain? { frame.frame }

  /// The process id of the frame that sent the message. It stays when the frame is gone: see
  /// `WebContents.sendToFrame`.
  public var processID: Int { frame.processID }
  /// WebKit's number of that frame, unique with `processID`.
  public var frameID: Int { frame.frameID }

  /// The result of the renderer's `sendSync`: the first value that a listener assigns. It reads as
  /// `undefined` until then.
  ///
  /// The event of a `send` ignores it. A listener may keep the event and assign the value later, while the
  /// renderer waits. If the event is freed without a value, the renderer's `sendSync` throws `reply was never
  /// sent`.
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

  /// Answers the renderer's `sendSync` with the value of the encoded answer `[true, value]`.
  package func succeed(encoded answer: [UInt8]) { syncReply?.succeed(encoded: answer) }

  /// Logs that a listener in JavaScript cannot decode the message.
  package func reportUnreadable(_ channel: String, _ reason: String) {
    sender.host.log.write(.skippedListener) { "Listener for '\(channel)' skipped: \(reason)".cut(to: 600) }
  }

  /// Sends a message to the frame that sent this one. Electron: `event.reply(channel, ...args)`.
  ///
  /// - Parameters:
  ///   - channel: The channel's name.
  ///   - arguments: The values to send.
  /// - Returns: Whether the message was sent. False if the frame is gone.
  @discardableResult
  public func reply<each A: CloneEncodable>(_ channel: String, _ arguments: repeat each A) -> Bool {
    senderFrame?.send(channel, repeat each arguments) ?? false
  }
}

/// The event of a call of `ipcRenderer.invoke`. Electron: `IpcMainInvokeEvent`.
public final class IpcMainInvokeEvent {
  /// The contents that called.
  public let sender: WebContents
  private let frame: SenderFrame

  init(sender: WebContents, frame: SenderFrame) {
    self.sender = sender
    self.frame = frame
  }

  /// The frame that called; nil once the document that did is gone.
  public var senderFrame: WebFrameMain? { frame.frame }

  /// The process id of the frame that called. It stays when the frame is gone: see `WebContents.sendToFrame`.
  public var processID: Int { frame.processID }
  /// WebKit's number of that frame, unique with `processID`.
  public var frameID: Int { frame.frameID }
}
