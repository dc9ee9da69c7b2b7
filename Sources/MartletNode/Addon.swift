// `martlet.node`: the addon's entry points, which Node calls when a script loads it.

internal import CMartletNode
internal import CMartletWebKit
internal import Glibc
internal import Martlet

/// The version of Node-API that the addon needs: 8 is in Node 12.22, 14.17, 16 and later.
@_cdecl("node_api_module_get_api_version_v1")
public nonisolated func martletNodeAPIVersion() -> Int32 { 8 }

/// Fills the addon's exports.
@_cdecl("napi_register_module_v1")
public nonisolated func martletNodeRegister(_ environment: OpaquePointer, _ exports: OpaquePointer)
  -> OpaquePointer?
{
  nonisolated(unsafe) let (environment, exports) = (environment, exports)
  // A worker loads the addon on a thread of its own.
  guard martlet_is_main_thread() else {
    napi_throw_error(environment, nil, "electron is available in the main thread only, and not in a worker")
    return nil
  }
  MainActor.assumeIsolated { Addon.register(environment, NodeValue(exports)) }
  return exports
}

enum Addon {
  private static let tables: [AnyClassTable] = [
    App.table, BrowserWindow.table, WebContents.table, WebFrameMain.table, IpcMain.table, IpcMainEvent.table,
    IpcMainInvokeEvent.table, InvokeReply.table, MessagePortMain.table, Menu.table, MenuItem.table,
    DialogModule.table,
  ]

  static func register(_ environment: napi_env, _ exports: NodeValue) {
    Node.environment = environment
    IpcMain.leaveCallsEncoded()
    let classes = NodeValue.object()
    for table in tables { classes.set(table.name, table.value.value) }
    exports.set("classes", classes)
    // start(callbacks, { id, name, folder }): { app, ipcMain, dialog }
    exports.set("start", NodeFunction.make("start") { try start($0[0], $0[1]) })
  }

  /// Makes the app, and the objects that are modules. The app is activated later, by its method `start`.
  private static func start(_ callbacks: NodeValue, _ options: NodeValue) throws -> NodeValue {
    try NodeCallback.install(callbacks)
    var loop: OpaquePointer?
    napi_get_uv_event_loop(Node.environment, &loop)
    guard martlet_loop_attach(loop) else { throw AddonError("the system has no file descriptors left") }
    freeSignalForInspector()
    let app = try App.attach(
      id: .from(options.get("id")), name: .from(options.get("name")), resources: .from(options.get("folder")),
      ended: { status in NodeCallback.call("exit") { [status.toNode()] } }, whenReady: { _ in })
    let modules = NodeValue.object()
    modules.set("app", try app.toNode())
    modules.set("ipcMain", try ipcMain.toNode())
    modules.set("dialog", try DialogModule.shared.toNode())
    return modules
  }

  /// JavaScriptCore suspends threads by SIGUSR1, which starts Node's inspector: the two together crash. So
  /// JavaScriptCore gets another signal, whose number it reads when WebKit starts. Children must not inherit
  /// the variable.
  private static func freeSignalForInspector() {
    setenv("JSC_SIGNAL_FOR_GC", "\(__libc_current_sigrtmin() + 2)", 1)
    // JavaScriptCore takes the variable for one of its options, too, and prints that there is none.
    martlet_silently { g_type_class_unref(g_type_class_ref(webkit_web_context_get_type())) }
    unsetenv("JSC_SIGNAL_FOR_GC")
  }
}

struct AddonError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
