internal import CMartletWebKit
package import MartletGLib

extension GObjectRef {
  /// WebKitUserContentManager's `script-message-received` of one message handler. The message is a JSCValue.
  @discardableResult
  package func onScriptMessage(
    handler: String, _ body: @escaping @MainActor (OpaquePointer) -> Void
  ) -> SignalToken {
    connectSignal("script-message-received::\(handler)", .object(jsc_value_get_type()), to: body)
  }
}
