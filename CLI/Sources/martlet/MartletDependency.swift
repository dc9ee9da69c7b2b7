// The dependency on Martlet, as an app's Package.swift and Flatpak manifest declare it.

import ArgumentParser

struct MartletDependency {
  /// The `.package(…)` declaration.
  let line: String
  /// SwiftPM's identity of the package: the last part of its location.
  let identity: String
  /// The source entry of the Flatpak manifest's module.
  let flatpakSource: String
  /// Path of the type declarations for preload scripts, once SwiftPM has fetched the package.
  let types: String

  init(path: String?, url: String?, branch: String?) throws {
    if let url {
      guard !Self.name(in: url).isEmpty else { throw ValidationError("'\(url)' is not a repository URL.") }
      let version = branch.map { "branch: \(quoted($0))" } ?? "from: \(quoted(Martlet.configuration.version))"
      line = ".package(url: \(quoted(url)), \(version))"
      identity = Self.identity(of: url)
      types = ".build/checkouts/\(Self.name(in: url))/Resources/types/martlet.d.ts"
      let reference =
        branch.map { "\"branch\": \(quoted($0))" } ?? "\"tag\": \(quoted(Martlet.configuration.version))"
      flatpakSource =
        "{ \"type\": \"git\", \"url\": \(quoted(url)), \(reference), \"dest\": \(quoted(identity)) }"
      return
    }
    guard let folder = path.map(Files.absolute) ?? Installation.checkout else {
      throw ValidationError("Say where Martlet is: --path DIR or --url URL.")
    }
    for part in ["Package.swift", "Sources/Martlet"] where !Files.exists("\(folder)/\(part)") {
      throw ValidationError("\(folder) is not a Martlet checkout: \(part) is missing.")
    }
    line = ".package(path: \(quoted(folder)))"
    identity = Self.identity(of: folder)
    types = folder + "/Resources/types/martlet.d.ts"
    flatpakSource =
      "{ \"type\": \"dir\", \"path\": \(quoted(folder)), \"dest\": \(quoted(identity)), "
      + "\"skip\": [\".git\", \".build\", \"CLI\", \"Package.resolved\"] }"
  }

  private static func identity(of location: String) -> String { name(in: location).lowercased() }

  private static func name(in location: String) -> String {
    let last = location.split(separator: "/").last.map(String.init) ?? location
    return last.hasSuffix(".git") ? String(last.dropLast(4)) : last
  }
}

/// A string literal, valid in Swift and in JSON.
private func quoted(_ text: String) -> String {
  "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
}
