// `martlet`: the command-line tool for app developers.

import ArgumentParser

@main struct Martlet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "martlet",
    abstract: "Make, try and package desktop apps of web pages and a Swift main process.",
    discussion: """
      A first app:

        martlet new Hello
        cd Hello
        martlet run .
      """,
    version: "0.1.0",
    subcommands: [New.self, Run.self, Doctor.self, PackageCommand.self])
}
