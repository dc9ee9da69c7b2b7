// Electron's `MessagePortMain` and `MessageChannelMain`.

internal import Martlet
internal import MartletClone

extension MessagePortMain: NodeObject {
  static let table: AnyClassTable = ClassTable<MessagePortMain>("MessagePortMain") {
    $0.static("channel") {
      let channel = MessageChannelMain()
      return [channel.port1, channel.port2]
    }
    $0.method("start") { $0.start() }
    $0.method("close") { $0.close() }
    $0.method("postMessage") { (port: MessagePortMain, message: SerializedValue, ports: [MessagePortMain]) in
      try port.postMessage(message.value(), transfer: ports)
    }
    $0.ends(with: .close)
    $0.event(.message) { [try SerializedValue($0.data), $0.ports] }
    $0.event(.close)
  }
}
