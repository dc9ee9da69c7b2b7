// `martlet new`: makes a package that builds, tests and packages without changes.

import ArgumentParser

struct New: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a new app.",
    discussion: """
      The app is in a new folder NAME: a main process, a page with its preload, tests that click through it, \
      and what a desktop and Flatpak need to know. It is a Swift package; with --template node, it is an \
      Electron app, whose main.js Node runs. It works and its tests pass as it is.
      """)

  enum Template: String, ExpressibleByArgument, CaseIterable {
    case basic, menu, node
    case twoWindows = "two-windows"

    /// The folders whose files it has.
    var folders: [String] {
      switch self {
      case .node: ["desktop", rawValue]
      default: ["desktop", "common", rawValue]
      }
    }

    /// The commands to continue with.
    var commands: String {
      switch self {
      case .node:
        """
          martlet run .                    # starts it
          swift test --package-path Tests  # clicks through it
        """
      default:
        """
          martlet run .           # builds and starts it
          swift test              # clicks through it
        """
      }
    }
  }

  @Argument(help: "What the app is called: letters and digits, such as Hello.")
  var name: String

  @Option(help: "The app id, a domain of yours in reverse and the name. (default: dev.example.NAME)")
  var id: String?

  @Option(help: "What to begin with.")
  var template = Template.basic

  @Option(help: "Depend on the Martlet in this folder. (default: the checkout that this command is from)")
  var path: String?

  @Option(help: "Depend on the Martlet at this URL.")
  var url: String?

  @Option(help: "With --url: this branch, instead of the releases from \(Martlet.configuration.version).")
  var branch: String?

  func validate() throws {
    if let problem = AppName.problem(with: name) { throw ValidationError(problem) }
    guard isAppID(appID) else {
      throw ValidationError("'\(appID)' is not an app id: use a form such as dev.example.\(name).")
    }
    if path != nil, url != nil { throw ValidationError("Give --path or --url, not both.") }
    if branch != nil, url == nil { throw ValidationError("--branch needs --url.") }
  }

  private var appID: String { id ?? "dev.example.\(name)" }

  private func isAppID(_ id: String) -> Bool {
    let parts = id.split(separator: ".", omittingEmptySubsequences: false)
    return id.utf8.count <= 255 && parts.count >= 3
      && parts.allSatisfy { part in
        part.first.map { $0.isASCII && ($0.isLetter || $0 == "_") } == true
          && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      }
  }

  func run() throws {
    let dependency = try MartletDependency(path: path, url: url, branch: branch)
    let values = [
      "name": name, "id": appID, "dependency": dependency.line, "package": dependency.identity,
      "source": dependency.flatpakSource, "types": dependency.types,
    ]
    try TemplateFolder(template.folders).write(to: name, values)
    print(
      """
      \(name) is in the folder \(name). Next:

        cd \(name)
      \(template.commands)
        martlet package flatpak
      """)
  }
}
