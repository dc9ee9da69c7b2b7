package import CMartletWebKit
package import MartletGLib

extension GObjectRef {
  /// `close`: the page closed itself, or agreed to be closed.
  @discardableResult
  package func onClose(_ body: @escaping @MainActor () -> Void) -> SignalToken {
    connectSignal("close", to: body)
  }

  /// `decide-policy`, with a WebKitPolicyDecision. True when the decision was made.
  @discardableResult
  package func onDecidePolicy(
    _ body: @escaping @MainActor (OpaquePointer, WebKitPolicyDecisionType) -> Bool
  ) -> SignalToken {
    connectSignal(
      "decide-policy", .object(webkit_policy_decision_get_type()),
      .enumeration(webkit_policy_decision_type_get_type()), to: body)
  }

  @discardableResult
  package func onLoadChanged(_ body: @escaping @MainActor (WebKitLoadEvent) -> Void) -> SignalToken {
    connectSignal("load-changed", .enumeration(webkit_load_event_get_type()), to: body)
  }

  /// `load-failed`, with the address. True stops WebKit from showing its own error page.
  @discardableResult
  package func onLoadFailed(
    _ body: @escaping @MainActor (WebKitLoadEvent, String, GLibError) -> Bool
  ) -> SignalToken {
    connectSignal(
      "load-failed", .enumeration(webkit_load_event_get_type()), .text(limit: longestAddress), .error,
      to: body)
  }

  /// `load-failed-with-tls-errors`, with the address. True stops WebKit from showing its own error page.
  @discardableResult
  package func onLoadFailedWithTLSErrors(
    _ body: @escaping @MainActor (String, GTlsCertificateFlags) -> Bool
  ) -> SignalToken {
    connectSignal(
      "load-failed-with-tls-errors", .text(limit: longestAddress), .unread(g_tls_certificate_get_type()),
      .flags(g_tls_certificate_flags_get_type())
    ) { address, _, errors in body(address, errors) }
  }

  /// `script-dialog`, with a WebKitScriptDialog. True when it was answered.
  @discardableResult
  package func onScriptDialog(_ body: @escaping @MainActor (OpaquePointer) -> Bool) -> SignalToken {
    connectSignal("script-dialog", .boxed(webkit_script_dialog_get_type()), to: body)
  }

  /// `user-message-received`, with a WebKitUserMessage of the extension. True when it was taken.
  @discardableResult
  package func onUserMessage(_ body: @escaping @MainActor (OpaquePointer) -> Bool) -> SignalToken {
    connectSignal("user-message-received", .object(webkit_user_message_get_type()), to: body)
  }

  @discardableResult
  package func onWebProcessTerminated(
    _ body: @escaping @MainActor (WebKitWebProcessTerminationReason) -> Void
  ) -> SignalToken {
    connectSignal(
      "web-process-terminated", .enumeration(webkit_web_process_termination_reason_get_type()), to: body)
  }

  // MARK: Properties

  /// The property `title` has changed.
  @discardableResult
  package func onTitleChanged(_ body: @escaping @MainActor () -> Void) -> SignalToken {
    connectSignal("notify::title", .property) { _ in body() }
  }

  /// The property `uri` has changed.
  @discardableResult
  package func onURIChanged(_ body: @escaping @MainActor () -> Void) -> SignalToken {
    connectSignal("notify::uri", .property) { _ in body() }
  }

  /// The property `is-loading` has changed.
  @discardableResult
  package func onIsLoadingChanged(_ body: @escaping @MainActor () -> Void) -> SignalToken {
    connectSignal("notify::is-loading", .property) { _ in body() }
  }
}

/// Read limit of an address in bytes: a page may make it as long as it likes.
private let longestAddress = 2 << 20
