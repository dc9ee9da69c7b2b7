// The error of a message that was not sent, and its text in the log.

public import MartletClone
public import MartletIPC

/// A message was not sent. The ports in its transfer list are closed.
public struct IpcSendError: MartletError, Hashable {
  public let code: ErrorCode
  public let message: String

  init(_ error: SendError) {
    code =
      switch error {
      case .closed: .ipcNoReceiver
      case .queueFull: .ipcQueueFull
      case .exhausted: .outOfMemory
      }
    message = Self.message(of: error)
  }

  /// The first text is Electron's.
  static func message(of error: SendError) -> String {
    switch error {
    case .closed: "Render frame was disposed before WebFrameMain could be accessed"
    case .queueFull:
      "the queue is full: 256 MiB are pending and the receiver does not read; send less, or await replies"
    case .exhausted: "the system is out of memory or file descriptors: send less, or close some"
    }
  }
}

nonisolated extension ErrorCode {
  /// There is no page to receive the message, and none is certain to load.
  public static let ipcNoReceiver: ErrorCode = "ERR_IPC_NO_RECEIVER"
  /// The receiver does not read, and 256 MiB are queued for it. The receiver is dropped: a page's process is
  /// ended, and a port is closed.
  public static let ipcQueueFull: ErrorCode = "ERR_IPC_QUEUE_FULL"
  /// The system has no memory or no file descriptors left. Only this message is lost.
  public static let outOfMemory: ErrorCode = "ERR_OUT_OF_MEMORY"
}
