// Electron's MessageChannelMain.

internal import MartletGLib
internal import MartletIPC

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
  /// One end of the channel.
  public let port1: MessagePortMain
  /// The other end of the channel.
  public let port2: MessagePortMain

  /// Makes a channel. It holds two file descriptors of this process until its ports are transferred or
  /// closed. If the process has none left, both ports are closed from the start, and the log says so.
  public init() {
    let ends = OwnedDescriptor.pair()
    if ends == nil { Log.warning("closed a new message channel: this process is out of file descriptors") }
    port1 = MessagePortMain(ends?.0)
    port2 = MessagePortMain(ends?.1)
  }
}
