// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "{{name}}Tests",
  dependencies: [
    {{dependency}}
  ],
  targets: [
    .testTarget(
      name: "{{name}}Tests", dependencies: [.product(name: "MartletTesting", package: "{{package}}")],
      path: ".", exclude: [".gitignore"], sources: ["{{name}}Tests.swift"])
  ]
)
