// The web-process extension: what WebKit calls, once per web process, inside its sandbox.
//
// Embedded Swift: no runtime, no strings, main thread only. It does what no script can do: it sees every window
// object before any page script, reaches both worlds of a frame, and compiles the preload natively, so that
// errors keep their file and line and no Content-Security-Policy of the page applies. Everything else is the
// bridge's JavaScript, which the main process hands over in the initialization data.

import CMartletConsole
import CMartletWebProcess

/// Called by WebKit when it has loaded this module.
@c(webkit_web_process_extension_initialize_with_user_data)
public func initialize(
  _ webExtension: OpaquePointer, _ data: OpaquePointer
) {
  martlet_bound_standard_error()
  guard let configuration = Configuration(data) else {
    warn("Martlet: initialization data without the bridge; no preload will run")
    return
  }
  // Lives as long as the process: WebKit never unloads an extension.
  let retained = Unmanaged.passRetained(configuration).toOpaque()

  connect(
    webkit_script_world_get_default(), "window-object-cleared",
    unsafeBitCast(pageWindowCleared, to: GCallback.self), retained)
  connect(
    configuration.world, "window-object-cleared", unsafeBitCast(windowObjectCleared, to: GCallback.self),
    retained)
  connect(webExtension, "page-created", unsafeBitCast(pageCreated, to: GCallback.self), retained)
}

private let pageWindowCleared:
  @convention(c) (OpaquePointer, OpaquePointer, OpaquePointer, gpointer) -> Void = {
    _, _, frame, configuration in
    _ = PageHalf.prepared(in: frame, Unmanaged<Configuration>.fromOpaque(configuration).takeUnretainedValue())
  }

private let windowObjectCleared:
  @convention(c) (OpaquePointer, OpaquePointer, OpaquePointer, gpointer) -> Void = {
    _, page, frame, configuration in
    FrameScripts.install(
      in: frame, of: page, Unmanaged<Configuration>.fromOpaque(configuration).takeUnretainedValue())
  }

private let pageCreated: @convention(c) (OpaquePointer, OpaquePointer, gpointer) -> Void = { _, page, _ in
  ConsoleForwarding.start(for: page)
  CloseFlush.start(for: page)
  FreedMemory.start(for: page)
}

func connect(_ object: OpaquePointer, _ signal: StaticString, _ callback: GCallback, _ data: gpointer) {
  signal.withUTF8Buffer { name in
    name.withMemoryRebound(to: CChar.self) { characters in
      _ = g_signal_connect_data(
        UnsafeMutableRawPointer(object), characters.baseAddress, callback, data, nil, GConnectFlags(0))
    }
  }
}

func warn(_ message: StaticString) {
  message.withUTF8Buffer { text in
    text.withMemoryRebound(to: CChar.self) { g_warning_text($0.baseAddress) }
  }
}

private func g_warning_text(_ text: UnsafePointer<CChar>?) {
  g_log_default_handler("Martlet", G_LOG_LEVEL_WARNING, text, nil)
}
