// Calls of JavaScript from events of GTK's and of Swift's.

internal import CMartletNode

/// The functions of the script `binding.cjs` that native code calls.
enum NodeCallback {
  private static var functions: [String: NodeReference] = [:]
  private static var context: napi_async_context?
  private static var resource: NodeReference?

  /// - Parameter object: The functions, by name.
  static func install(_ object: NodeValue) throws {
    for name in ["emit", "message", "invoke", "click", "instantiate", "exit"] {
      functions[name] = NodeReference(try object.get(name))
    }
    let resource = NodeValue.object()
    self.resource = NodeReference(resource)
    napi_async_init(Node.environment, resource.raw, "martlet".toNode().raw, &context)
  }

  /// Calls a function of the script. Ticks and microtasks run before this returns. An error that it throws is
  /// an uncaught exception of Node's.
  ///
  /// - Returns: The function's value, converted; nil when it threw.
  static func call<R: FromNode>(_ name: String, returning type: R.Type, _ arguments: () throws -> [NodeValue])
    -> R?
  {
    withNodeScope {
      guard let function = functions[name]?.value, let values = try? arguments().map(\.raw) else {
        return nil
      }
      var result: napi_value?
      let status = napi_make_callback(
        Node.environment, context, NodeValue.certain { napi_get_global(Node.environment, $0) }.raw,
        function.raw,
        values.count, values, &result)
      if status == napi_pending_exception { raiseUncaught() }
      return status == napi_ok ? try? R.from(NodeValue(result)) : nil
    }
  }

  /// Calls a function of the script whose value does not matter.
  static func call(_ name: String, _ arguments: () throws -> [NodeValue]) {
    _ = call(name, returning: NodeValue.self, arguments)
  }

  /// Calls a function of the script from a native call of JavaScript's: ticks and microtasks do not run.
  static func callDirectly(_ name: String, _ arguments: [NodeValue]) throws -> NodeValue {
    try functions[name]!.value.call(arguments)
  }

  /// Runs `body`, and ticks and microtasks after it.
  static func inScope(_ body: () -> Void) {
    withNodeScope {
      var scope: napi_callback_scope?
      napi_open_callback_scope(Node.environment, resource?.value.raw, context, &scope)
      body()
      napi_close_callback_scope(Node.environment, scope)
    }
  }

  /// Gives the exception that a script threw to `process.on('uncaughtException')`.
  private static func raiseUncaught() {
    var error: napi_value?
    napi_get_and_clear_last_exception(Node.environment, &error)
    napi_fatal_exception(Node.environment, error)
  }
}
