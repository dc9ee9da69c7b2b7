extension GObjectRef {
  /// GtkPopover's `closed`.
  @discardableResult
  package func onPopoverClosed(_ body: @escaping @MainActor () -> Void) -> SignalToken {
    connectSignal("closed", to: body)
  }
}
