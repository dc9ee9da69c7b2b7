// Electron's MessageChannelMain.

internal import IPC

/// Two connected message ports.
///
/// ```swift
/// let channel = MessageChannelMain()
/// try left.webContents.postMessage("port", nil, transfer: [channel.port1])
/// try right.webContents.postMessage("port", nil, transfer: [channel.port2])
/// ```
///
/// Electron: `MessageChannelMain`.
public struct MessageChannelMain {
  public let port1: MessagePortMain
  public let port2: MessagePortMain

  /// Makes a channel: two descriptors of this process until its ports are transferred or closed. A process that has
  /// no descriptors left is stopped with a line that says so.
  public init() {
    guard let (first, second) = OwnedDescriptor.pair() else {
      fatalError("MessageChannelMain: this process has no file descriptors left")
    }
    port1 = MessagePortMain(first)
    port2 = MessagePortMain(second)
  }
}
