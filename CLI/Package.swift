// swift-tools-version: 6.2
import PackageDescription

// The `martlet` command. A package of its own: it depends on another one, and what an app is built from must
// not.
let package = Package(
  name: "martlet-cli",
  products: [.executable(name: "martlet", targets: ["martlet"])],
  dependencies: [.package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")],
  targets: [
    .executableTarget(
      name: "martlet", dependencies: [.product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: [
        .treatAllWarnings(as: .error, .when(configuration: .debug)),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
      ])
  ]
)
