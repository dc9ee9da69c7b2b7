// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "martlet",
  products: [
    .library(name: "StructuredClone", targets: ["StructuredClone"])
  ],
  targets: [
    // Values of HTML structured clone and V8's wire format for them. Standard library only.
    .target(name: "StructuredClone", swiftSettings: settings),
    // Developer tool, not installed: the codec on stdin and stdout, to check it against Node from outside.
    .executableTarget(name: "clone-tool", dependencies: ["StructuredClone"], swiftSettings: settings),
    // The Swift half of `./dev bench clone`.
    .executableTarget(
      name: "clone-bench", dependencies: ["StructuredClone"], path: "Benchmarks/Clone",
      exclude: ["node-bench.mjs", "run", "table.mjs"], swiftSettings: settings),
    .testTarget(name: "StructuredCloneTests", dependencies: ["StructuredClone"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
