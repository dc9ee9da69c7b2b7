// Electron apps: a folder with a package.json, whose main script Node runs.

import Glibc

enum NodeApp {
  /// The oldest version of Node that runs apps.
  private static let oldest = (major: 18, minor: 20)

  /// Whether the folder is an app: its package.json names the main script.
  static func isApp(_ folder: String) -> Bool {
    guard let about = try? Files.read(folder + "/package.json") else { return false }
    return about.contains(/"main"\s*:/)
  }

  /// Replaces this process with the app.
  ///
  /// - Parameters:
  ///   - options: Options of Node, such as `--inspect`.
  ///   - arguments: The app's own arguments.
  static func become(_ folder: String, options: [String], arguments: [String]) throws -> Never {
    guard let start = Installation.nodeStart else {
      throw Problem("start.cjs is missing: in a checkout, `./dev node` makes it with martlet.node.")
    }
    let node = try find()
    // They could change what the app's process runs.
    let dangerous = ["NODE_OPTIONS", "NODE_PATH", "NODE_REPL_EXTERNAL_MODULE", "ELECTRON_RUN_AS_NODE"]
    for name in dangerous { unsetenv(name) }
    // As in Electron, a rejection that nobody handles is a warning.
    let command =
      [node, "--unhandled-rejections=warn"] + options + [start, folder] + arguments
    try Programs.become(command)
  }

  /// The program Node: `MARTLET_NODE`, one beside this command, or that of PATH.
  ///
  /// - Throws: `Problem` if there is none that is new enough.
  static func find() throws -> String {
    let named = getenv("MARTLET_NODE").map { String(cString: $0) }
    let all = named.map { [$0] } ?? [Installation.node, Programs.find("node")].compactMap { $0 }
    var tooOld: [String] = []
    for node in all {
      guard let version = version(of: node) else { continue }
      if version >= oldest { return node }
      tooOld.append("\(node) is \(version.major).\(version.minor)")
    }
    let why = named.map { "MARTLET_NODE is '\($0)'" } ?? "there is none in PATH"
    throw Problem(
      "An app with a package.json needs Node \(oldest.major).\(oldest.minor) or later, and "
        + (tooOld.isEmpty ? why : tooOld.joined(separator: ", ")) + ". Debian: apt install nodejs")
  }

  /// Whose zlib and other bundled libraries WebKit uses in a process of this Node.
  enum Libraries {
    /// The system's. Node uses them, too, as Debian's does, or it is the copy that hides its own.
    case system
    /// Node's: it exports those that it bundles.
    case bundled
  }

  static func libraries(of node: String) -> Libraries {
    if node == Installation.node { return .system }
    let isShared = Programs.output(of: [node, "-p", "process.config.variables.node_shared_zlib"])
    return isShared?.hasPrefix("true") == true ? .system : .bundled
  }

  static func version(of node: String) -> (major: Int, minor: Int)? {
    guard let match = Programs.output(of: [node, "--version"])?.firstMatch(of: /^v(\d+)\.(\d+)/),
      let major = Int(match.1), let minor = Int(match.2)
    else { return nil }
    return (major, minor)
  }
}
