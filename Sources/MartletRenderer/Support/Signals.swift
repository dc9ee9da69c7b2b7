// GObject signals as closures. Signal names are used only here. A closure's parameter types are compared with
// the signal's declaration when it is connected (CMartletSignal).

import CMartletSignal
import CMartletWebProcess

enum Signals {
  /// WebKitWebProcessExtension's `page-created`.
  static func onPageCreated(_ webExtension: OpaquePointer, _ body: @escaping (OpaquePointer) -> Void) {
    connect(webExtension, "page-created", [webkit_web_page_get_type()]) { arguments, _ in
      body(object(arguments))
    }
  }

  /// WebKitScriptWorld's `window-object-cleared`, with the page and the frame.
  static func onWindowObjectCleared(
    _ world: OpaquePointer?, _ body: @escaping (OpaquePointer, OpaquePointer) -> Void
  ) {
    connect(world, "window-object-cleared", [webkit_web_page_get_type(), webkit_frame_get_type()]) {
      arguments, _ in body(object(arguments), object(arguments + 1))
    }
  }

  /// WebKitWebPage's `console-message-sent`.
  static func onConsoleMessage(_ page: OpaquePointer, _ body: @escaping (OpaquePointer) -> Void) {
    connect(page, "console-message-sent", [webkit_console_message_get_type()]) { arguments, _ in
      body(OpaquePointer(g_value_get_boxed(arguments)!))
    }
  }

  /// WebKitWebPage's `user-message-received`. True when the message was taken.
  static func onUserMessage(_ page: OpaquePointer, _ body: @escaping (OpaquePointer) -> Bool) {
    connect(page, "user-message-received", [webkit_user_message_get_type()], martlet_type_boolean) {
      arguments, result in g_value_set_boolean(result, body(object(arguments)) ? 1 : 0)
    }
  }

  /// WebKitWebPage's `document-loaded`.
  static func onDocumentLoaded(_ page: OpaquePointer, _ body: @escaping () -> Void) {
    connect(page, "document-loaded", []) { _, _ in body() }
  }

  private static func object(_ value: UnsafePointer<GValue>) -> OpaquePointer {
    OpaquePointer(g_value_get_object(value)!)
  }

  private typealias Call = (UnsafePointer<GValue>, UnsafeMutablePointer<GValue>?) -> Void

  /// A closure that GObject keeps.
  private final class Handler {
    let call: Call
    init(_ call: @escaping Call) { self.call = call }
  }

  private static func connect(
    _ object: OpaquePointer?, _ name: StaticString, _ types: [UInt], _ result: UInt = martlet_type_none,
    _ call: @escaping Call
  ) {
    guard let object else { return }
    var reason: UnsafeMutablePointer<CChar>?
    _ = martlet_signal_connect(
      UnsafeMutableRawPointer(object), name.cString, types, types.count, result,
      { arguments, result, handler in
        Unmanaged<Handler>.fromOpaque(handler).takeUnretainedValue().call(
          arguments.assumingMemoryBound(to: GValue.self), result?.assumingMemoryBound(to: GValue.self))
      }, Unmanaged.passRetained(Handler(call)).toOpaque(), { Unmanaged<Handler>.fromOpaque($0!).release() },
      &reason)
    if let reason { warn(reason) }
    g_free(reason)
  }
}
