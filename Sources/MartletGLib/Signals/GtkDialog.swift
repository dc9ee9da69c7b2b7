extension GObjectRef {
  /// GtkDialog's `response`, a GtkResponseType. It is emitted when the user closes the dialog, too.
  @discardableResult
  package func onDialogResponse(_ body: @escaping @MainActor (Int32) -> Void) -> SignalToken {
    connectSignal("response", .int, to: body)
  }
}
