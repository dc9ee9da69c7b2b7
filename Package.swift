// swift-tools-version: 6.2
import PackageDescription

// Martlet's modules, lowest first. Imports go one way (Tests/Layering reads the sources and holds us to it):
//   CMartletShim, CMartletWebKit <- MartletGLib <- MartletWebHost <- Martlet <- executables, MartletClone <-
//   MartletIPC <- MartletWebHost.
// Nothing here depends on another package, so a Flatpak builds offline.

/// In release builds a later compiler's new warnings are no reason not to build.
let noWarnings: SwiftSetting = .treatAllWarnings(as: .error, .when(configuration: .debug))

let strict: [SwiftSetting] = [
  noWarnings,
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// What touches GTK lives on the main actor unless it says otherwise.
let mainActor: [SwiftSetting] = strict + [.defaultIsolation(MainActor.self)]

/// The tutorial's programs: one small main each in Sources/Examples, its pages in Resources/examples.
let examples = [
  "SetTitle", "OpenFile", "MenuCounter", "TwoWindows", "TwoWindowsPort", "LegacySend", "LegacySendSync",
]

/// The bridge's JavaScript, in Resources/bridge: its folders, and the scripts beside them.
/// BridgeScripts.swift there lists the scripts.
let bridge = [
  "codec", "guards", "lane", "membrane", "node", "ports", "worlds",
  "boot.js", "dom-primordials.js", "ipc-renderer.js", "lifecycle.js", "loader.js", "primordials.js",
  "realm.js",
]

let package = Package(
  name: "martlet",
  products: [
    .library(name: "Martlet", targets: ["Martlet"]),
    // Leaf: for apps that use Foundation. Nothing of Martlet imports it.
    .library(name: "MartletFoundation", targets: ["MartletFoundation"]),
    .library(name: "MartletTesting", targets: ["MartletTesting"]),
    // Static: scripts/node-addon links martlet.node of it. A dynamic library would lie in the folder of the
    // renderer extension, and WebKit loads all of them.
    .library(name: "MartletNode", type: .static, targets: ["MartletNode"]),
    // WebKit loads this into every web process. Embedded Swift: no runtime to make visible in the sandbox.
    .library(name: "MartletRenderer", type: .dynamic, targets: ["MartletRenderer"]),
  ],
  targets: [
    // C: the system's libraries, and the little C there must be.
    .systemLibrary(
      name: "CMartletWebKit", pkgConfig: "webkitgtk-6.0",
      providers: [.apt(["libgtk-4-dev", "libwebkitgtk-6.0-dev"])]),
    .systemLibrary(
      name: "CMartletWebProcess", pkgConfig: "webkitgtk-web-process-extension-6.0",
      providers: [.apt(["libwebkitgtk-6.0-dev"])]),
    .systemLibrary(name: "CMartletGio", pkgConfig: "gio-unix-2.0", providers: [.apt(["libglib2.0-dev"])]),
    .target(name: "CMartletShim", dependencies: ["CMartletWebKit"]),
    .target(name: "CMartletWire"),
    .target(name: "CMartletConsole"),
    .target(name: "CMartletSignal", dependencies: ["CMartletGio"]),

    // No GTK in these two: tested in process, without a display.
    .target(name: "MartletClone", swiftSettings: strict),
    .target(name: "MartletFoundation", dependencies: ["MartletClone"], swiftSettings: strict),
    .testTarget(
      name: "MartletFoundationTests", dependencies: ["MartletFoundation", "MartletClone"],
      swiftSettings: strict),
    // Developer tool, not installed: the codec on stdin and stdout, to check it against Node from outside.
    .executableTarget(name: "clone-tool", dependencies: ["MartletClone"], swiftSettings: strict),
    // The Swift half of `./dev bench clone`.
    .executableTarget(
      name: "clone-bench", dependencies: ["MartletClone"], path: "Benchmarks/Clone",
      exclude: ["js", "node-bench.mjs", "run", "table.mjs"], swiftSettings: strict),
    .testTarget(name: "CloneTests", dependencies: ["MartletClone"], swiftSettings: strict),
    .target(name: "MartletIPC", dependencies: ["MartletClone", "CMartletWire"], swiftSettings: strict),
    .target(name: "HostileMemory", path: "Tests/Support/HostileMemory"),
    .testTarget(
      name: "IPCTests", dependencies: ["MartletIPC", "MartletClone", "CMartletWire", "HostileMemory"],
      swiftSettings: strict),
    // Reads our own sources: who may import whom, and what nobody may write.
    .testTarget(name: "LayeringTests", path: "Tests/Layering", swiftSettings: strict),

    // The GTK half of the main process.
    .target(
      name: "MartletGLib", dependencies: ["CMartletWebKit", "CMartletShim", "CMartletSignal"],
      swiftSettings: mainActor),
    .target(
      name: "MartletBridge", path: "Resources/bridge", exclude: ["README.md"],
      resources: bridge.map { .embedInCode($0) }, swiftSettings: strict),
    .target(
      name: "MartletWebHost", dependencies: ["CMartletWire", "MartletBridge", "MartletGLib", "MartletIPC"],
      swiftSettings: mainActor),
    .testTarget(
      name: "WebHostTests",
      dependencies: ["CMartletSignal", "MartletGLib", "MartletIPC", "MartletClone", "MartletWebHost"],
      swiftSettings: mainActor),
    .target(
      name: "Martlet", dependencies: ["MartletClone", "MartletIPC", "MartletWebHost"],
      swiftSettings: mainActor),
    // The parts of the API that need no window.
    .testTarget(
      name: "MartletTests", dependencies: ["Martlet", "MartletClone", "MartletIPC"], swiftSettings: mainActor),

    // Electron's main.js: an addon of Node's. Node-API and libuv are declared in C; Node has the functions.
    .target(name: "CMartletNode", dependencies: ["CMartletGio"]),
    .target(
      name: "MartletNode", dependencies: ["CMartletNode", "Martlet", "MartletClone", "MartletIPC"],
      exclude: ["exports.map"],
      swiftSettings: mainActor),

    // The demo app; its pages show the files of Pages/ beside what they do.
    .executableTarget(name: "Gallery", dependencies: ["Martlet"], swiftSettings: mainActor),

    // What the command in CLI/ starts for `martlet run` and `martlet doctor`.
    .executableTarget(name: "martlet-run", dependencies: ["Martlet"], swiftSettings: mainActor),

    // The half that lives inside WebKit's web process.
    .target(
      name: "MartletRenderer",
      dependencies: ["CMartletConsole", "CMartletSignal", "CMartletWebProcess", "CMartletWire"],
      swiftSettings: [
        noWarnings, .swiftLanguageMode(.v6), .enableExperimentalFeature("Embedded"),
        .enableUpcomingFeature("InternalImportsByDefault"),
      ]),

    // The Martlet half of `./dev bench startup`.
    .executableTarget(
      name: "startup-bench", dependencies: ["Martlet"], path: "Benchmarks/Startup",
      exclude: ["measure.mjs", "pages", "run"], swiftSettings: mainActor),

    // The Martlet half of `./dev bench ipc`.
    .executableTarget(
      name: "ipc-bench", dependencies: ["Martlet"], path: "Benchmarks/Ipc",
      exclude: ["main.js", "measure.mjs", "package.json", "pages", "run"], swiftSettings: mainActor),

    // The app of `./dev bench bridge`.
    .executableTarget(
      name: "bridge-bench", dependencies: ["Martlet"], path: "Benchmarks/Bridge",
      exclude: ["measure.mjs", "native.c", "pages", "run"], swiftSettings: mainActor),

    // For app authors, and for our own tests: start an app and drive it as a person would.
    .target(
      name: "MartletTesting", dependencies: ["MartletClone", "CMartletGio"], swiftSettings: strict),
    // Developer tools, not installed.
    .executableTarget(
      name: "app-screenshot", dependencies: ["MartletTesting"], path: "Sources/AppScreenshot",
      swiftSettings: strict),
    .executableTarget(
      name: "main-loop-check", dependencies: ["MartletGLib"], path: "Sources/MainLoopCheck",
      swiftSettings: mainActor),
    .executableTarget(
      name: "hostile-renderer", dependencies: ["CMartletWire", "HostileMemory"],
      path: "Tests/Apps/HostileRenderer"),
    .executableTarget(
      name: "ipc-test-app", dependencies: ["Martlet", "CMartletWebKit"], path: "Tests/Apps/IpcTestApp",
      swiftSettings: mainActor),
    .testTarget(
      name: "EndToEnd", dependencies: ["MartletTesting"], path: "Tests/EndToEnd", swiftSettings: strict),
  ]
    + examples.map { name in
      .executableTarget(
        name: name, dependencies: ["Martlet"], path: "Sources/Examples/\(name)", swiftSettings: mainActor)
    }
)

// For `./dev docs` alone: what is built from this package must resolve no other.
if Context.environment["MARTLET_DOCS"] != nil {
  package.dependencies.append(.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"))
}
