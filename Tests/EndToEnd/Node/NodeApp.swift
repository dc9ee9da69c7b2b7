// Apps whose main process is JavaScript, run by Node with martlet.node.

import Glibc
import MartletTesting

/// An app of files that a test writes, started by Node.
struct NodeApp {
  let folder: FolderForTest
  let app: AppUnderTest

  /// Starts the app.
  ///
  /// - Parameters:
  ///   - files: The texts of its files. Without a `package.json`, `main.js` is the main script.
  ///   - arguments: Arguments after the folder.
  init(_ files: [String: String], _ arguments: String..., environment: [String: String] = [:]) throws {
    folder = try FolderForTest()
    if files["package.json"] == nil {
      try folder.write(
        "package.json", #"{ "name": "node-app", "productName": "Node app", "version": "1.2.3" }"#)
      try folder.write("index.js", "require('./main.js')")
    }
    for (name, text) in files { try folder.write(name, text) }
    app = try AppUnderTest(
      Self.node, arguments: ["--unhandled-rejections=warn", try Self.start.get(), folder.path] + arguments,
      environment: environment)
  }

  /// The program Node: `MARTLET_NODE`, or that of `PATH`.
  static let node = environment("MARTLET_NODE") ?? found ?? "node"

  private static var found: String? {
    let folders = environment("PATH")?.split(separator: ":") ?? []
    return folders.map { "\($0)/node" }.first { access($0, X_OK) == 0 }
  }

  private static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// The script that runs apps, in a folder as installed.
  static let start = Result {
    let build = AppUnderTest.path(of: "ipc-test-app").split(separator: "/").dropLast().joined(separator: "/")
    let prefix = "/\(build)/node"
    let root = #filePath.replacing("/Tests/EndToEnd/Node/NodeApp.swift", with: "")
    let made = try ToolRun("/bin/sh", "\(root)/scripts/node-addon", "/\(build)", prefix)
    guard made.status == 0 else { throw TestingError("cannot link martlet.node: \(made.output)") }
    return "\(prefix)/lib/martlet/node/start.cjs"
  }
}
