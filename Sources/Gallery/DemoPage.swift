// What every page of the Gallery is made of.

import Martlet

/// A page: its main-process half is the conforming type, in a file of the same name; its renderer half is the
/// folder of Resources/gallery with that name in kebab case.
@MainActor protocol DemoPage {
  static var title: String { get }
  /// The heading it stands under in the side bar.
  static var group: String { get }
  /// Registers what the page's half in the renderer will ask for.
  static func start(_ app: App)
  /// A menu of its own in the menu bar.
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

  /// The page's real files, as they run.
  static func code(_ app: App) throws -> [CodeFile] {
    try ["source/\(typeName).swift"].map { try CodeFile($0, app) }
      + ["preload.js", "index.html", "renderer.js"].map { try CodeFile("\(id)/\($0)", app) }
  }
}
