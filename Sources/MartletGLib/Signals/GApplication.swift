internal import CMartletWebKit

extension GObjectRef {
  /// GApplication's `activate`: the app was started, or started again.
  @discardableResult
  package func onActivate(_ body: @escaping @MainActor () -> Void) -> SignalToken {
    connectSignal("activate", to: body)
  }
}
