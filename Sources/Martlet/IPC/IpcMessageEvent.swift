// What the contents say of a message before its listeners get it.

public import MartletClone

/// A message as it came.
public struct IpcMessageEvent {
  public let event: IpcMainEvent
  public let channel: String
  public let arguments: [CloneValue]
}
