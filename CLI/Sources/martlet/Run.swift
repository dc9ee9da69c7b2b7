// `martlet run`: shows a page without a main process, or runs an app.

import ArgumentParser

struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a page, or build and start an app.",
    usage: """
      martlet run [<path>] [--console] [--devtools] [--size <WIDTHxHEIGHT>] [--no-exit-on-close]
      martlet run [<path>] [--inspect | --inspect-brk] [-- <arguments> ...]
      """,
    discussion: """
      PATH is an HTML file, or a folder with an index.html: it opens in a window with the defaults that are \
      safe, and a preload.js beside it is its preload. window.close() ends it. The exit status is 1 when the \
      page cannot be loaded or the preload throws.

      A folder that has a Package.swift is built and started instead. A folder whose package.json names a \
      main script is an Electron app: Node runs the script (MARTLET_NODE, or that in PATH). What comes after \
      -- goes to the app.
      """)

  @Argument(help: "The file or the folder.", completion: .file())
  var path: String = "."

  @Argument(parsing: .postTerminator, help: "Arguments for the app.")
  var arguments: [String] = []

  @Flag(help: "Print what the page writes to its console.")
  var console = false

  @Flag(help: "Open the developer tools.")
  var devtools = false

  @Option(
    help: ArgumentHelp(
      "How large the page is, in pixels; the menu bar comes on top. (default: 800x600)",
      valueName: "WIDTHxHEIGHT"))
  var size: String?

  @Flag(inversion: .prefixedNo, help: "End when the window is closed.")
  var exitOnClose = true

  @Flag(help: "Let a debugger connect to an Electron app's main script.")
  var inspect = false

  @Flag(help: "Wait for the debugger before the main script runs.")
  var inspectBrk = false

  func validate() throws {
    guard let size else { return }
    let numbers = size.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    guard numbers.count == 2, numbers.allSatisfy({ 1...16384 ~= $0 }) else {
      throw ValidationError("'\(size)' is not a size: use a form such as 800x600.")
    }
  }

  func run() throws {
    guard Files.exists(path) else { throw Problem("There is no '\(path)'.") }
    let place = Files.absolute(path)
    if Files.exists(place + "/Package.swift") { return try runPackage(place) }
    if NodeApp.isApp(place) { return try runNode(place) }
    let page = Files.isFolder(place) ? place + "/index.html" : place
    guard Files.exists(page) else {
      throw Problem(
        "'\(path)' has neither an index.html, nor a Package.swift, nor a package.json with a main script.")
    }
    guard arguments.isEmpty else {
      throw ValidationError("'\(arguments[0])' is for an app: '\(path)' is a page, which takes no arguments.")
    }
    guard let runner = Installation.pageRunner else {
      throw Problem("martlet-run is missing: in a checkout, `swift build` makes it.")
    }
    try Programs.become([runner, page, "--size", size ?? "800x600"] + pageOptions)
  }

  private func runNode(_ folder: String) throws {
    if let option = (size.map { _ in ["--size"] } ?? pageOptions).first {
      throw ValidationError("\(option) is for a page: '\(path)' is an app, which makes its own windows.")
    }
    try NodeApp.become(
      folder, options: (inspect ? ["--inspect"] : []) + (inspectBrk ? ["--inspect-brk"] : []),
      arguments: arguments)
  }

  /// The page options that were given.
  private var pageOptions: [String] {
    (console ? ["--console"] : []) + (devtools ? ["--devtools"] : [])
      + (exitOnClose ? [] : ["--no-exit-on-close"])
  }

  /// Builds the whole package, because the web-process extension is not part of the executable.
  private func runPackage(_ folder: String) throws {
    if let option = (size.map { _ in ["--size"] } ?? pageOptions).first {
      throw ValidationError("\(option) is for a page: '\(path)' is an app, which makes its own windows.")
    }
    try Programs.check(["swift", "build", "--package-path", folder])
    let run = ["swift", "run", "--skip-build", "--package-path", folder]
    try Programs.become(run + AppPackage.executable(in: folder) + arguments)
  }
}
