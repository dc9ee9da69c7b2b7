package import MartletGLib

extension GObjectRef {
  /// WebKitWebInspector's `attach`: the inspector is about to be shown in the page's window. True prevents
  /// that.
  @discardableResult
  package func onInspectorAttach(_ body: @escaping @MainActor () -> Bool) -> SignalToken {
    connectSignal("attach", to: body)
  }

  /// WebKitWebInspector's `open-window`: the inspector is about to get a window of its own. True prevents
  /// that.
  @discardableResult
  package func onInspectorOpenWindow(_ body: @escaping @MainActor () -> Bool) -> SignalToken {
    connectSignal("open-window", to: body)
  }

  /// WebKitWebInspector's `closed`.
  @discardableResult
  package func onInspectorClosed(_ body: @escaping @MainActor () -> Void) -> SignalToken {
    connectSignal("closed", to: body)
  }
}
