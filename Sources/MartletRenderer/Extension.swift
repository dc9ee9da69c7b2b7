// The web-process extension's entry point, which WebKit calls once per web process, inside its sandbox.
//
// Embedded Swift: no runtime, no strings, main thread only. The extension only does what scripts cannot. It
// sees every window object before any page script, and reaches both worlds of a frame. It compiles the
// preload natively, so that errors keep their file and line and no Content-Security-Policy of the page
// applies. The rest is the bridge's JavaScript, which the main process passes in the initialization data.

import CMartletConsole
import CMartletWebProcess

/// Called by WebKit after it has loaded this module.
@c(webkit_web_process_extension_initialize_with_user_data)
public func initialize(
  _ webExtension: OpaquePointer, _ data: OpaquePointer
) {
  martlet_bound_standard_error()
  guard let configuration = Configuration(data) else {
    warn("Martlet: the initialization data has no bridge: no preload will run")
    return
  }
  Signals.onWindowObjectCleared(webkit_script_world_get_default()) { _, frame in
    _ = PageHalf.prepared(in: frame, configuration)
  }
  Signals.onWindowObjectCleared(configuration.world) { page, frame in
    FrameScripts.install(in: frame, of: page, configuration)
  }
  Signals.onPageCreated(webExtension) { page in
    ConsoleForwarding.start(for: page)
    CloseFlush.start(for: page)
    FreedMemory.start(for: page)
  }
}
