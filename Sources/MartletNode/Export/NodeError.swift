// Swift errors as JavaScript errors.

internal import CMartletNode
internal import Martlet
internal import MartletClone
internal import MartletIPC

enum NodeError {
  /// Makes the native call throw. The error gets JavaScript's stack.
  static func raise(_ error: any Error) {
    if error is PendingException { return }
    napi_throw(Node.environment, value(of: error).raw)
  }

  /// The JavaScript error for a Swift error, with its `name` and `code`.
  static func value(of error: any Error) -> NodeValue {
    let known = error as? any IpcError
    let code = known.flatMap { $0.code == .none ? nil : "\($0.code)" }
    let message = (known?.message ?? "\(error)").toNode()
    let isTypeError = error is ConversionError || error is DestroyedError || known?.name == "TypeError"
    let value = NodeValue.certain {
      isTypeError
        ? napi_create_type_error(Node.environment, code?.toNode().raw, message.raw, $0)
        : napi_create_error(Node.environment, code?.toNode().raw, message.raw, $0)
    }
    if let failure = error as? LoadFailure {
      value.set("errno", failure.errno.toNode())
      value.set("url", failure.url.toNode())
    }
    return value
  }
}
