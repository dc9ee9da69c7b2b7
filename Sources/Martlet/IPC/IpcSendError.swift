// What postMessage throws when it cannot send, and what a line in the log says of it.

internal import MartletIPC

/// Why a message was not sent although there is a page, or another end of the port, that it is for.
public struct IpcSendError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of failure. There may be more in later versions.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    private init(_ description: String) { self.description = description }

    /// Whoever it is for does not read, and 256 MiB wait for it already. It is dropped for that: a page's
    /// process is ended, and a port is closed.
    public static let queueFull = Code("queueFull")
    /// The system has no memory or no file descriptors left. Only this message is lost.
    public static let outOfResources = Code("outOfResources")
  }

  public let code: Code
  public let message: String

  public var description: String { message }

  /// Nil when there is nobody to send to, which is no error.
  init?(_ error: SendError) {
    switch error {
    case .closed: return nil
    case .queueFull: code = .queueFull
    case .exhausted: code = .outOfResources
    }
    message = Self.message(of: error)
  }

  /// The first is Electron's text.
  static func message(of error: SendError) -> String {
    switch error {
    case .closed: "Render frame was disposed before WebFrameMain could be accessed"
    case .queueFull: "it does not read, and 256 MiB wait for it already"
    case .exhausted: "the system has no memory or no file descriptors left for it"
    }
  }
}
