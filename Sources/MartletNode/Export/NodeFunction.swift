// Native functions that JavaScript calls.

internal import CMartletNode

/// One call of a native function: valid until it returns.
struct NodeCall {
  /// `this`.
  let receiver: NodeValue
  private let arguments: UnsafeBufferPointer<napi_value?>

  init(receiver: napi_value?, _ arguments: UnsafeBufferPointer<napi_value?>) {
    self.receiver = NodeValue(receiver)
    self.arguments = arguments
  }

  /// An argument; `undefined` when it is missing.
  subscript(index: Int) -> NodeValue {
    index < arguments.count ? NodeValue(arguments[index]) : .undefined
  }

  /// The most arguments that a native function takes. Those with any number get an array.
  static let limit = 8
}

/// Converts the arguments of a call, in order.
struct NodeArguments {
  private let call: NodeCall
  private var index: Int

  /// - Parameter first: The index of the first argument.
  init(_ call: NodeCall, from first: Int = 0) {
    self.call = call
    index = first
  }

  mutating func next<T: FromNode>(_ type: T.Type = T.self) throws -> T {
    defer { index += 1 }
    do {
      return try T.from(call[index])
    } catch let error as ConversionError {
      throw error.within("argument \(index)")
    }
  }
}

/// A native function.
final class NodeFunction {
  typealias Body = (NodeCall) throws -> NodeValue

  private let body: Body

  private init(_ body: @escaping Body) { self.body = body }

  /// Makes the JavaScript function. It lasts as long as the process, as the export tables do.
  static func make(_ name: String, _ body: @escaping Body) -> NodeValue {
    let data = Unmanaged.passRetained(NodeFunction(body)).toOpaque()
    return .certain {
      napi_create_function(Node.environment, name, name.utf8.count, callback, data, $0)
    }
  }

  private static let callback: napi_callback = { environment, info in
    withUnsafeTemporaryAllocation(of: napi_value?.self, capacity: NodeCall.limit) { arguments in
      var count = NodeCall.limit
      var receiver: napi_value?
      var data: UnsafeMutableRawPointer?
      napi_get_cb_info(environment, info, &count, arguments.baseAddress, &receiver, &data)
      // Node calls on its main thread, which is the main actor's.
      nonisolated(unsafe) let call = (
        receiver, UnsafeBufferPointer(rebasing: arguments[..<min(count, NodeCall.limit)])
      )
      nonisolated(unsafe) let function = data!
      nonisolated(unsafe) var result: napi_value?
      MainActor.assumeIsolated {
        let function = Unmanaged<NodeFunction>.fromOpaque(function).takeUnretainedValue()
        do {
          result = try function.body(NodeCall(receiver: call.0, call.1)).raw
        } catch {
          NodeError.raise(error)
        }
      }
      return result
    }
  }
}
