internal import CMartletSignal

extension GObjectRef {
  /// GSimpleAction's `activate`. The action has no parameter.
  @discardableResult
  package func onActionActivate(_ body: @escaping @MainActor () -> Void) -> SignalToken {
    connectSignal("activate", .unread(martlet_type_variant)) { _ in body() }
  }
}
