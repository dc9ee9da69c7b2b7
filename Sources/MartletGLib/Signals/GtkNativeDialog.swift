extension GObjectRef {
  /// GtkNativeDialog's `response`, a GtkResponseType.
  @discardableResult
  package func onResponse(_ body: @escaping @MainActor (Int32) -> Void) -> SignalToken {
    connectSignal("response", .int, to: body)
  }
}
