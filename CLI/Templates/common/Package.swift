// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "{{name}}",
  dependencies: [
    {{dependency}}
  ],
  targets: [
    // The main process. What touches windows lives on the main actor.
    .executableTarget(
      name: "{{name}}", dependencies: [.product(name: "Martlet", package: "{{package}}")],
      swiftSettings: [.defaultIsolation(MainActor.self)]),
    // Has `swift build` put the extension beside the app that WebKit loads into its own process.
    .target(name: "WebProcess", dependencies: [.product(name: "MartletRenderer", package: "{{package}}")]),
    .testTarget(
      name: "{{name}}Tests",
      dependencies: ["{{name}}", .product(name: "MartletTesting", package: "{{package}}")]),
  ]
)
