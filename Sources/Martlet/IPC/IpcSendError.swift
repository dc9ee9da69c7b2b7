// The error of a message that could not be sent, and the line in the log about it.

public import MartletClone
public import MartletIPC

/// A message that was not sent. The ports that went with it are closed.
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

  /// The first is Electron's text.
  static func message(of error: SendError) -> String {
    switch error {
    case .closed: "Render frame was disposed before WebFrameMain could be accessed"
    case .queueFull: "it does not read, and 256 MiB wait for it already: send less, or wait for answers"
    case .exhausted: "the system has no memory or no file descriptors left for it"
    }
  }
}

nonisolated extension ErrorCode {
  /// There is no page that the message is for, and none is sure to come.
  public static let ipcNoReceiver: ErrorCode = "ERR_IPC_NO_RECEIVER"
  /// The receiver does not read, and 256 MiB wait for it already. It is dropped for that: a page's process is
  /// ended, and a port is closed.
  public static let ipcQueueFull: ErrorCode = "ERR_IPC_QUEUE_FULL"
  /// The system has no memory or no file descriptors left. Only this message is lost.
  public static let outOfMemory: ErrorCode = "ERR_OUT_OF_MEMORY"
}
