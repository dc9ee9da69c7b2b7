extension GObjectRef {
  /// GtkWindow's `close-request`: the user wants to close the window. True keeps it open.
  @discardableResult
  package func onCloseRequest(_ body: @escaping @MainActor () -> Bool) -> SignalToken {
    connectSignal("close-request", to: body)
  }

  /// GtkWindow's property `is-active` has changed: the window got or lost the focus.
  @discardableResult
  package func onIsActiveChanged(_ body: @escaping @MainActor () -> Void) -> SignalToken {
    connectSignal("notify::is-active", .property) { _ in body() }
  }
}
