// The permitted imports of each module, and the banned code. Every module needs an entry here, or the tests
// fail.

/// One module: the folder of its sources, and its permitted imports besides the standard library.
struct Module {
  let name: String
  /// The folder, relative to the repository's root.
  let folder: String
  let mayImport: Set<String>

  init(_ name: String, in folder: String? = nil, imports: Set<String> = []) {
    self.name = name
    self.folder = folder ?? "Sources/\(name)"
    mayImport = imports
  }
}

/// Swift's modules, lowest first: `CMartletShim, CMartletWebKit <- MartletGLib <- MartletWebHost <- Martlet
/// <- executables`, `MartletClone <- MartletIPC <- MartletWebHost`.
let swiftModules: [Module] = [
  // The engine: no GTK, no libc, nothing but the standard library, of which Synchronization is a part.
  Module("MartletClone"),
  // For apps that use Foundation anyway; no module imports it.
  Module("MartletFoundation", imports: ["FoundationEssentials", "MartletClone"]),
  // Sources of MartletIPC and of MartletRenderer, so nothing that one of them may not import.
  Module("MartletPackets", imports: ["CMartletWire"]),
  Module("MartletIPC", imports: ["CMartletWire", "MartletClone", "Synchronization"]),

  Module("MartletGLib", imports: system.union(["CMartletShim", "CMartletSignal", "CMartletWebKit"])),
  Module("MartletBridge", in: "Resources/bridge"),
  Module(
    "MartletWebHost",
    imports: system.union([
      "MartletBridge", "CMartletShim", "CMartletWebKit", "CMartletWire", "MartletGLib", "MartletIPC",
      "MartletClone",
    ])),
  Module(
    "Martlet",
    imports: system.union([
      "CMartletShim", "CMartletWebKit", "MartletGLib", "MartletIPC", "MartletClone", "MartletWebHost",
    ])),

  // Node's addon: Martlet knows nothing of it.
  Module(
    "MartletNode",
    imports: system.union([
      "CMartletNode", "CMartletWebKit", "Martlet", "MartletClone", "MartletIPC",
    ])),

  // Runs in WebKit's web process: without a Swift runtime, and without modules of the main process.
  Module(
    "MartletRenderer", imports: ["CMartletConsole", "CMartletSignal", "CMartletWebProcess", "CMartletWire"]),

  // Drives apps from outside, so it must not depend on their implementation.
  Module("MartletTesting", imports: system.union(["CMartletGio", "MartletClone", "Synchronization"])),

  // Executables. An example shows an app author's code, so it only imports the public library.
  Module("Examples", imports: ["Martlet"]),
  Module("Gallery", imports: ["Glibc", "Martlet"]),
  Module("martlet-run", imports: ["Glibc", "Martlet"]),
  Module("AppScreenshot", imports: ["Glibc", "MartletTesting"]),
  Module("MainLoopCheck", imports: ["CMartletWebKit", "MartletGLib", "Glibc"]),
  Module("clone-tool", imports: ["Glibc", "MartletClone"]),
]

/// The only module that may import Foundation.
let foundationModule = "MartletFoundation"

/// The system's modules, without toolkits.
private let system: Set<String> = ["Dispatch", "Glibc"]

/// C modules, and the headers that each may include. `nil`: any toolkit header.
let cModules: [(folder: String, mayInclude: Set<String>?)] = [
  // Shared by both processes: its layout is the wire's, its calls are system calls.
  (
    "Sources/CMartletWire",
    [
      "errno.h", "fcntl.h", "limits.h", "linux/sockios.h", "outbox.h", "poll.h", "pthread.h", "sched.h",
      "spin.h", "stdarg.h", "stdbool.h", "stddef.h", "stdint.h", "stdio.h", "stdlib.h", "string.h",
      "sys/ioctl.h",
      "sys/mman.h",
      "sys/socket.h",
      "sys/stat.h", "sys/types.h", "sys/uio.h", "time.h", "unistd.h", "wire.h",
    ]
  ),
  (
    "Sources/CMartletConsole",
    ["console.h", "stdbool.h", "stdint.h", "stdio.h", "string.h", "time.h", "unistd.h"]
  ),
  (
    "Sources/CMartletNode",
    [
      "fcntl.h", "glib.h", "loop.h", "napi.h", "stdbool.h", "stddef.h", "stdint.h", "sys/epoll.h", "unistd.h",
      "uv.h",
    ]
  ),
  ("Sources/CMartletSignal", ["CMartletSignal.h", "glib-object.h", "stddef.h"]),
  ("Sources/CMartletWebKit", nil),
  ("Sources/CMartletWebProcess", nil),
  ("Sources/CMartletGio", nil),
  ("Sources/CMartletShim", nil),
]

/// A pattern that no source may contain.
struct Ban: Sendable {
  let name: String
  /// Finds the violations in a file's text.
  let offences: @Sendable (String) -> [String]
  /// Texts that it must flag, and texts that it must accept: without them a rule that never matches would
  /// seem to be obeyed.
  let offenders: [String]
  let innocents: [String]
  /// Part of the paths of files in which it is permitted.
  var allowedIn: String?
}

let bans = [
  Ban(
    name: "Foundation in what an app links or WebKit loads: it costs 40 MB and the start of every process",
    offences: { imports(in: $0).filter { $0.hasPrefix("Foundation") } },
    offenders: [
      "import Foundation", "internal import FoundationEssentials", "@preconcurrency public import Foundation",
      "import struct Foundation.Data", "import MartletIPC; import Foundation", "/* why */ import Foundation",
    ],
    innocents: [
      "// import Foundation", "/* import Foundation\nimport Foundation */",
      "let text = \"import Foundation\"",
      "import FoundryKit", "let text = \"\"\"\n  import Foundation\n  \"\"\"",
    ]),
  Ban(
    name: "a signal connected by its name: a method in a folder Signals does that, checked",
    offences: { connectedSignals(in: bare($0)) },
    offenders: [
      #"g_signal_connect_data(view, "close", callback, data, nil, 0)"#,
      "g_signal_connect_closure(view, name, c, 0)",
      #"view.connectSignal("close", to: body)"#, "martlet_signal_connect (view, name, types, 1, none, call)",
      "let connect = object.connectSignal",
    ],
    innocents: [
      "view.onClose { close() }", "// g_signal_connect_data(view)", #"log("g_signal_connect")"#,
      "connect(from: lane, to: other)",
    ],
    allowedIn: "/Signals"),
  Ban(
    name: "data pasted into a script's text: arguments go as arguments",
    offences: pastedScripts,
    offenders: [
      #"webkit_web_view_evaluate_javascript(view, "receive('\(text)')", -1, nil, nil, nil, nil, nil)"#,
      "webkit_web_view_evaluate_javascript(\n  view, \"receive('\" + text + \"')\", -1)",
      #"webkit_web_view_call_async_javascript_function(view, "f(\(json))", -1, nil, world, nil, nil)"#,
      #"jsc_context_evaluate(context, "\(name)()", -1)"#,
      ##"jsc_context_evaluate_with_source_uri(context, #"f("\#(name)")"#, -1, uri, 1)"##,
      "webkit_web_view_evaluate_javascript(view, \"\"\"\n  f(\\(json))\n  \"\"\", -1)",
    ],
    innocents: [
      #"webkit_web_view_call_async_javascript_function(view, "receive(frame)", -1, arguments, world)"#,
      "jsc_context_evaluate_with_source_uri(page, source, -1, uri, 1)",
      #"jsc_context_evaluate(context, source, -1); log("ran \(name)")"#,
      #"// webkit_web_view_evaluate_javascript(view, "\(text)")"#,
    ]),
]

/// Features that must not even be mentioned.
let sandboxBan = Ban(
  name: "a way out of WebKit's sandbox",
  offences: { $0.contains("WEBKIT_DISABLE_SANDBOX") ? ["WEBKIT_DISABLE_SANDBOX"] : [] },
  offenders: [
    #"setenv("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1", 1)"#, "// try WEBKIT_DISABLE_SANDBOX",
    "#define NO_SANDBOX \"WEBKIT_DISABLE_SANDBOX\"",
  ],
  innocents: ["// the sandbox stays on"])
