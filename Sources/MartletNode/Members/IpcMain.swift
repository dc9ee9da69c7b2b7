// Electron's `ipcMain`, `webContents.ipc` and `frame.ipc`. Their channels are the events of an emitter in
// JavaScript: a channel has one native listener while JavaScript has any.

internal import Martlet
internal import MartletClone
internal import MartletIPC

extension IpcMain: NodeObject {
  static let table: AnyClassTable = ClassTable<IpcMain>("IpcMain") {
    $0.events { ipc, channel in
      ipc.onMessage(channel) { [unowned ipc] event, arguments in
        NodeCallback.call("message") {
          [try ipc.toNode(), channel.toNode(), try event.toNode(), try serialized(channel, arguments)]
        }
      }
    }
    $0.method("handle") { (ipc: IpcMain, channel: String, once: Bool) in
      try ipc.handleMessage(channel, once: once) { [unowned ipc] event, reply, arguments in
        NodeCallback.call("invoke") {
          [
            try ipc.toNode(), channel.toNode(), try event.toNode(), try reply.toNode(),
            try serialized(channel, arguments),
          ]
        }
      }
    }
    $0.method("removeHandler") { (ipc: IpcMain, channel: String) in ipc.removeHandler(channel) }
  }

  /// `[channel, ...arguments]` in V8's wire format: the bytes that the renderer sent.
  private static func serialized(_ channel: String, _ arguments: IpcArguments) throws -> NodeValue {
    switch arguments {
    case .encoded(let call): return .bytes(call.bytes)
    case .decoded(let values):
      return try SerializedValue(.array(CloneArray([.string(CloneString(channel))] + values))).toNode()
    }
  }
}

extension IpcMainEvent: NodeObject {
  static let table: AnyClassTable = ClassTable<IpcMainEvent>("IpcMainEvent") {
    $0.property("sender", \.sender)
    $0.property("senderFrame", \.senderFrame)
    $0.property("processId", \.processID)
    $0.property("frameId", \.frameID)
    $0.property("ports", \.ports)
    $0.method("answer") { (event: IpcMainEvent, answer: SerializedValue) in
      event.succeed(encoded: answer.bytes)
    }
    $0.method("reportUnreadable") { (event: IpcMainEvent, channel: String, reason: String) in
      event.reportUnreadable(channel, reason)
    }
  }
}

extension IpcMainInvokeEvent: NodeObject {
  static let table: AnyClassTable = ClassTable<IpcMainInvokeEvent>("IpcMainInvokeEvent") {
    $0.property("sender", \.sender)
    $0.property("senderFrame", \.senderFrame)
    $0.property("processId", \.processID)
    $0.property("frameId", \.frameID)
  }
}

extension InvokeReply: NodeObject {
  static let table: AnyClassTable = ClassTable<InvokeReply>("InvokeReply") {
    $0.method("succeed") { (reply: InvokeReply, answer: SerializedValue) in
      reply.succeed(encoded: answer.bytes)
    }
    $0.method("fail") { (reply: InvokeReply, name: String, message: String) in
      reply.fail(ScriptFailure(name: name, message: message))
    }
  }
}

/// The error that a handler in JavaScript threw.
private struct ScriptFailure: IpcError {
  let code = ErrorCode.none
  let name: String
  let message: String
}
