extension GObjectRef {
  /// GtkWindow's `close-request`: the user wants to close it. True keeps it open.
  @discardableResult
  package func onCloseRequest(_ body: @escaping @MainActor () -> Bool) -> SignalToken {
    connectSignal("close-request", to: body)
  }

  /// GtkWindow's property `is-active` has changed: it has got the focus, or lost it.
  @discardableResult
  package func onIsActiveChanged(_ body: @escaping @MainActor () -> Void) -> SignalToken {
    connectSignal("notify::is-active", .property) { _ in body() }
  }
}
