// A template: a folder of files with `{{name}}` placeholders in their contents and paths.

import Glibc

struct TemplateFolder {
  private let folders: [String]

  /// Loads a template: folders of which each adds files to those before it.
  init(_ names: [String]) throws {
    guard let templates = Installation.templates else {
      throw Problem("The templates are missing: reinstall the martlet command.")
    }
    folders = names.map { "\(templates)/\($0)" }
  }

  /// Writes the files into a new folder, with the placeholders replaced by `values`.
  func write(to target: String, _ values: [String: String]) throws {
    guard mkdir(target, 0o777) == 0 else { throw FileError("cannot make the folder '\(target)'", errno) }
    for folder in folders {
      for file in try Files.all(below: folder) {
        let path = target + "/" + filled(file, values)
        try Files.makeFolder(for: path)
        try Files.write(filled(Files.read(folder + "/" + file), values), to: path)
      }
    }
  }

  private func filled(_ text: String, _ values: [String: String]) -> String {
    values.reduce(text) { $0.replacing("{{\($1.key)}}", with: $1.value) }
  }
}
