// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "{{name}}",
  dependencies: [
    {{dependency}}
  ],
  targets: [
    // The main process. Code that uses windows runs on the main actor.
    .executableTarget(
      name: "{{name}}", dependencies: [.product(name: "Martlet", package: "{{package}}")],
      swiftSettings: [.defaultIsolation(MainActor.self)]),
    // Makes `swift build` put the web-process extension beside the app. WebKit loads it into its own process.
    .target(name: "WebProcess", dependencies: [.product(name: "MartletRenderer", package: "{{package}}")]),
    .testTarget(
      name: "{{name}}Tests",
      dependencies: ["{{name}}", .product(name: "MartletTesting", package: "{{package}}")]),
  ]
)
