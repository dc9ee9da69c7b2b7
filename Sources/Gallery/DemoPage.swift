// The parts of each page of the Gallery.

import Martlet

/// A page. Its main-process half is the conforming type, in a file of the same name. Its renderer half is the
/// folder of Resources/gallery with that name in kebab case.
@MainActor protocol DemoPage {
  static var title: String { get }
  /// Heading in the side bar under which it is listed.
  static var group: String { get }
  /// Registers the IPC listeners and handlers for the page's renderer half.
  static func start(_ app: App)
  /// The page's own menu in the menu bar, if any.
  static func menu() -> MenuItem?
}

extension DemoPage {
  static func menu() -> MenuItem? { nil }

  private static var typeName: String { String(describing: Self.self) }

  /// `SetTitle` → `set-title`.
  static var id: String {
    typeName.reduce(into: "") { id, letter in
      if letter.isUppercase, !id.isEmpty { id += "-" }
      id += letter.lowercased()
    }
  }

  static var file: String { id + "/index.html" }

  /// The page's source files, exactly as they run.
  static func code(_ app: App) throws -> [CodeFile] {
    try ["source/\(typeName).swift"].map { try CodeFile($0, app) }
      + ["preload.js", "index.html", "renderer.js"].map { try CodeFile("\(id)/\($0)", app) }
  }
}
