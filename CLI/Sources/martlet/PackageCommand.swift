// `martlet package`: builds an installable package of an app.

import ArgumentParser
import Glibc

struct PackageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "package", abstract: "Package an app for others.", subcommands: [Flatpak.self])

  struct Flatpak: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Build the app's Flatpak.",
      discussion: """
        Builds with the manifest data/APP-ID.json and writes APP-ID.flatpak, which `flatpak install` takes. \
        The runtime and the SDK that the manifest names must be installed, or be had from a remote such as \
        Flathub.
        """)

    @Argument(help: "The app's folder.", completion: .directory)
    var path = "."

    @Option(help: "Another manifest.", completion: .file(extensions: ["json", "yaml", "yml"]))
    var manifest: String?

    @Flag(inversion: .prefixedNo, help: "Write the bundle; without, only the repository is made.")
    var bundle = true

    func run() throws {
      for tool in ["flatpak", "flatpak-builder"] where Programs.find(tool) == nil {
        throw Problem("\(tool) is missing. Debian: apt install flatpak flatpak-builder")
      }
      guard Files.isFolder(path) else { throw Problem("There is no folder '\(path)'.") }
      let folder = Files.absolute(path)
      let manifest = try manifest.map(Files.absolute) ?? find(in: folder + "/data")
      let id = try appID(of: manifest)
      let work = folder + "/.build/flatpak"
      try Files.makeFolder(for: work + "/repository")
      try Programs.check([
        "flatpak-builder", "--user", "--force-clean", "--disable-updates", "--state-dir", work + "/state",
        "--repo", work + "/repository", work + "/build", manifest,
      ])
      if !bundle { return print("The app is in the repository \(work)/repository") }
      let file = "\(folder)/\(id).flatpak"
      try Programs.check(["flatpak", "build-bundle", work + "/repository", file, id])
      print("The app is in \(file)")
    }

    private func find(in folder: String) throws -> String {
      let found = Files.isFolder(folder) ? try Files.names(in: folder).filter { $0.hasSuffix(".json") } : []
      guard found.count == 1 else {
        throw Problem(
          "\(folder) has \(found.isEmpty ? "no" : "more than one") manifest: choose one with --manifest.")
      }
      return folder + "/" + found[0]
    }

    private func appID(of manifest: String) throws -> String {
      // Matches JSON and YAML.
      let id = /(?:^|\W)(?:app-)?id["']?\s*:\s*["']?([\w.\-]+)/
      guard let match = try Files.read(manifest).firstMatch(of: id) else {
        throw Problem("\(manifest) has no app-id.")
      }
      return String(match.1)
    }
  }
}
